import type { Mail } from "./send-mail";

interface SignInMail {
  to: string;
  /** The page that asks for confirmation; opening it uses nothing up. */
  link: URL;
  minutes: number;
}

/** The message that carries a sign-in link. */
export function signInMail({ to, link, minutes }: SignInMail): Mail {
  const site = link.host;
  const says = `This link signs you in to Tenspot at ${site}. It works once, within ${minutes} minutes.`;
  const ignore = "If you did not ask for it, ignore this message: nothing happens without the link.";
  return {
    to,
    subject: "Sign in to Tenspot",
    text: `${says}\n\n${link}\n\n${ignore}\n`,
    html: [
      '<div style="max-width:32em;font:16px/1.5 system-ui,sans-serif;color:#1a1f1b">',
      `<p>${escapeHtml(says)}</p>`,
      `<p><a href="${escapeHtml(String(link))}" style="display:inline-block;padding:10px 18px;background:#1d6a46;color:#ffffff;text-decoration:none">Sign in to Tenspot</a></p>`,
      `<p style="color:#586159">${escapeHtml(ignore)}</p>`,
      "</div>",
    ].join("\n"),
  };
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

import type { Mail } from "./send-mail";

export interface Letter {
  to: string;
  subject: string;
  /** What it says, a paragraph each. */
  says: readonly string[];
  link: { href: URL; label: string };
  /** Smaller, in the end. */
  foot: string;
  footLink?: { href: URL; label: string };
}

/** A message of ours, as text and as HTML that says the same. */
export function letter({ to, subject, says, link, foot, footLink }: Letter): Mail {
  const last = footLink ? [foot, `${footLink.label}: ${footLink.href}`] : [foot];
  const aside = footLink
    ? ` <a href="${escapeHtml(String(footLink.href))}" style="color:#586159">${escapeHtml(footLink.label)}</a>`
    : "";
  return {
    to,
    subject,
    text: `${[...says, link.href, ...last].join("\n\n")}\n`,
    html: [
      '<div style="max-width:32em;font:16px/1.5 system-ui,sans-serif;color:#1a1f1b">',
      ...says.map((paragraph) => `<p style="white-space:pre-line">${escapeHtml(paragraph)}</p>`),
      `<p><a href="${escapeHtml(String(link.href))}" style="display:inline-block;padding:10px 18px;background:#1d6a46;color:#ffffff;text-decoration:none">${escapeHtml(link.label)}</a></p>`,
      `<p style="color:#586159">${escapeHtml(foot)}${aside}</p>`,
      "</div>",
    ].join("\n"),
  };
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

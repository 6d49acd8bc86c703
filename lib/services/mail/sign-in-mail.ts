import { letter } from "./letter";
import type { Mail } from "./send-mail";

interface SignInMail {
  to: string;
  /** The page that asks for confirmation; opening it uses nothing up. */
  link: URL;
  minutes: number;
}

/** The message that carries a sign-in link. */
export function signInMail({ to, link, minutes }: SignInMail): Mail {
  return letter({
    to,
    subject: "Sign in to Tenspot",
    says: [`This link signs you in to Tenspot at ${link.host}. It works once, within ${minutes} minutes.`],
    link: { href: link, label: "Sign in to Tenspot" },
    foot: "If you did not ask for it, ignore this message: nothing happens without the link.",
  });
}

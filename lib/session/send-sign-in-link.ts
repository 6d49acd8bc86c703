import "server-only";
import { cookies } from "next/headers";
import { sendMail } from "@/lib/services/mail/send-mail";
import { signInMail } from "@/lib/services/mail/sign-in-mail";
import { confirmPage } from "./confirm-link";
import { context } from "./context";
import { referralCookieName } from "./cookie-names";
import { EMAIL_LINK_SECONDS } from "./providers";
import { isHttps, publicOrigin } from "./public-origin";

/**
 * Mails the link that signs somebody in. It leads to a page that asks for confirmation, and takes the followed referral
 * link along: the mail may be opened in another browser than the one that asked for it.
 */
export async function sendSignInLink(to: string, link: URL): Promise<void> {
  const origin = publicOrigin();
  const followed = (await cookies()).get(referralCookieName(isHttps(origin)))?.value ?? null;
  const page = confirmPage(link, { origin, followed });
  const sent = await sendMail(context(), signInMail({ to, link: page, minutes: EMAIL_LINK_SECONDS / 60 }));
  if (!sent.ok) throw new Error(sent.problem.detail);
}

import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import { inboxUrl } from "./sign-in-steps";

const Messages = z.array(
  z.object({
    subject: z.string(),
    text: z.string(),
    links: z.array(z.url()),
    headers: z.record(z.string(), z.string()),
  }),
);
export type CaughtMail = z.infer<typeof Messages>[number];

/** The worker looks every two seconds for mail that is to be sent. */
const MAILED_WITHIN = { timeout: 30_000 };

/** Everything mailed to an address so far, newest first. */
export async function mailsTo(page: Page, email: string): Promise<CaughtMail[]> {
  const address = `${inboxUrl(new URL(page.url()).origin)}/messages?to=${encodeURIComponent(email)}`;
  return Messages.parse(await (await page.request.get(address)).json());
}

/** The one mail to an address whose subject this is, once it is there. */
export async function mailAbout(page: Page, email: string, subject: string | RegExp): Promise<CaughtMail> {
  const about = async () =>
    (await mailsTo(page, email)).filter((mail) =>
      typeof subject === "string" ? mail.subject === subject : subject.test(mail.subject),
    );
  await expect.poll(async () => (await about()).length, MAILED_WITHIN).toBe(1);
  const [mail] = await about();
  if (!mail) throw new Error(`nothing was mailed to ${email} about ${subject}`);
  return mail;
}

import { createTransport } from "nodemailer";
import { readEnv } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Written over what the mail server would make up: the same in every attempt, so that copies can be told. */
  messageId?: string;
  headers?: Readonly<Record<string, string>>;
}

const WAIT_MS = 10_000;

/** Hands one message to the mail server of SMTP_URL; `unavailable` when it does not take it within ten seconds. */
export async function sendMail(ctx: Context, mail: Mail): Promise<Result<{ messageId: string }>> {
  const { SMTP_URL, MAIL_FROM } = readEnv(["SMTP_URL", "MAIL_FROM"]);
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const sent = await transport.sendMail({
      ...mail,
      headers: { ...mail.headers },
      from: MAIL_FROM,
      date: ctx.clock(),
    });
    return done({ messageId: sent.messageId });
  } catch (error) {
    console.error("mail: not sent:", error instanceof Error ? error.message : "unknown");
    return refused("unavailable", "The mail server did not take the message. Try again in a minute.");
  } finally {
    transport.close();
  }
}

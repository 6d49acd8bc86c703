import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { supportRequests } from "@/db/schema/support";
import { readEnv } from "@/lib/env";
import { SupportContext, supportContext } from "@/lib/services/support/support-context";
import type { AccountKey } from "./account-key";

/** A question and its answer. Instants ISO 8601. */
export interface QuestionView {
  id: string;
  askedAt: string;
  subject: string;
  message: string;
  context: SupportContext;
  answer: { text: string; at: string } | null;
}

/** Where whoever cannot sign in may write; null where the operator gives no address. */
export const supportAddress = (): string | null => readEnv(["SUPPORT_EMAIL"]).SUPPORT_EMAIL ?? null;

const SHOWN = 20;

type Row = typeof supportRequests.$inferSelect;

const toView = ({ id, askedAt, subject, message, context, answer, answeredAt }: Row): QuestionView => ({
  id,
  askedAt: askedAt.toISOString(),
  subject,
  message,
  context: SupportContext.parse(context),
  answer: answer !== null && answeredAt !== null ? { text: answer, at: answeredAt.toISOString() } : null,
});

/** What would go along with a question asked now. */
export async function contextToSend(account: AccountKey, page: string | null): Promise<SupportContext> {
  await connection();
  return supportContext(db().$client, account, page);
}

/** An account's latest questions, the latest first. */
export async function ownQuestions({ lane, id }: AccountKey): Promise<QuestionView[]> {
  await connection();
  const rows = await db()
    .select()
    .from(supportRequests)
    .where(and(eq(supportRequests.lane, lane), eq(supportRequests.accountId, id)))
    .orderBy(desc(supportRequests.askedAt))
    .limit(SHOWN);
  return rows.map(toView);
}

export interface AskedQuestion extends QuestionView {
  /** Where the answer goes; null where no address was proved. */
  email: string | null;
  answeredBy: string | null;
}

/** For the operator: every question that waits, the oldest first, and the latest answered ones. */
export async function questionsToAnswer(): Promise<{ waiting: AskedQuestion[]; answered: AskedQuestion[] }> {
  await connection();
  const rows = (state: "open" | "answered") =>
    db()
      .select({ question: supportRequests, email: accounts.email, verified: accounts.emailVerified })
      .from(supportRequests)
      .innerJoin(accounts, and(eq(accounts.lane, supportRequests.lane), eq(accounts.id, supportRequests.accountId)))
      .where(eq(supportRequests.state, state))
      .orderBy(state === "open" ? supportRequests.askedAt : desc(supportRequests.askedAt))
      .limit(state === "open" ? 200 : SHOWN);
  const [waiting, answered] = await Promise.all([rows("open"), rows("answered")]);
  const asked = ({ question, email, verified }: (typeof waiting)[number]): AskedQuestion => ({
    ...toView(question),
    email: verified ? email : null,
    answeredBy: question.answeredBy,
  });
  return { waiting: waiting.map(asked), answered: answered.map(asked) };
}

import { and, eq } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { notificationChoices } from "@/db/schema/notifications";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";
import { done, type Result } from "@/lib/services/result";
import { type Topic, topics } from "./kinds";
import type { Unsubscription } from "./unsubscribe-link";

/** Whether an account hears of a topic in its list, and by e-mail. */
export interface Choice {
  topic: Topic;
  listed: boolean;
  mailed: boolean;
}

/** What holds where nothing was chosen: everything, both ways. */
const unchosen = { listed: true, mailed: true };

/** An account's choice for every topic. */
export async function readChoices(db: Queryable, { lane, id }: AccountRef): Promise<Choice[]> {
  const rows = await db
    .select()
    .from(notificationChoices)
    .where(and(eq(notificationChoices.lane, lane), eq(notificationChoices.accountId, id)));
  return topics.map((topic) => {
    const { listed, mailed } = rows.find((row) => row.topic === topic) ?? unchosen;
    return { topic, listed, mailed };
  });
}

/** Takes an account's choices as they are given; what was told before stays told. */
export async function choose(
  ctx: Context,
  { account, choices }: { account: AccountRef; choices: readonly Choice[] },
): Promise<Result<null>> {
  await ctx.db.transaction(async (tx) => {
    for (const { topic, listed, mailed } of choices) {
      await tx
        .insert(notificationChoices)
        .values({ lane: account.lane, accountId: account.id, topic, listed, mailed })
        .onConflictDoUpdate({
          target: [notificationChoices.lane, notificationChoices.accountId, notificationChoices.topic],
          set: { listed, mailed },
        });
    }
  });
  return done(null);
}

/** Ends the mails of one topic; the list goes on as it was. The same again changes nothing. */
export async function unsubscribe(ctx: Context, { account, topic }: Unsubscription): Promise<void> {
  await ctx.db
    .insert(notificationChoices)
    .values({ lane: account.lane, accountId: account.id, topic, listed: true, mailed: false })
    .onConflictDoUpdate({
      target: [notificationChoices.lane, notificationChoices.accountId, notificationChoices.topic],
      set: { mailed: false },
    });
}

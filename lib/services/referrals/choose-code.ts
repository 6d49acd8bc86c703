import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, referralCodes } from "@/db/schema/accounts";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { judgeOwnCode } from "./own-code";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A code is given out for ever, so nobody takes many. */
export const CODES_A_DAY = 3;
export const CODES_MAX = 12;

/**
 * Gives an account's link the code its owner chose. The ones it had go on leading to it, and one of them may be taken
 * again. Refuses what cannot be a code (`invalid`), one that is another's (`conflict`), and more than three new ones
 * within 24 hours or twelve in all (`out_of_order`).
 */
export async function chooseCode(
  ctx: Context,
  { account, code: typed }: { account: AccountRef; code: string },
): Promise<Result<{ code: string }>> {
  const judged = judgeOwnCode(typed);
  if (!judged.ok) return refused("invalid", judged.detail, "code");
  const { code } = judged;
  const now = ctx.clock();
  const chosen = await ctx.db.transaction((tx) => choose(tx, account, code, now));
  if (chosen.ok && chosen.created) notifyChanged(ctx.db, [account.id]);
  return chosen;
}

async function choose(tx: Tx, account: AccountRef, code: string, now: Date): Promise<Result<{ code: string }>> {
  const ownRow = and(eq(accounts.lane, account.lane), eq(accounts.id, account.id));
  // Whoever chooses for this account waits here, so that its codes are counted once.
  const [own] = await tx
    .select({ code: accounts.referralCode, status: accounts.status })
    .from(accounts)
    .where(ownRow)
    .for("update");
  if (!own) return refused("not_found", "There is no such account.");
  if (own.status === "closed") return refused("invalid", "This account is closed and refers nobody any more.", "code");
  if (own.code === code) return done({ code }, false);

  const given = await tx.select().from(referralCodes).where(eq(referralCodes.accountId, account.id));
  if (!given.some((each) => each.code === code)) {
    const tooMany = judgeNumber(
      given.flatMap(({ chosenAt }) => chosenAt ?? []),
      now,
    );
    if (tooMany) return refused("out_of_order", tooMany, "code");
    const taken = await tx
      .insert(referralCodes)
      .values({ code, lane: account.lane, accountId: account.id, chosenAt: now })
      .onConflictDoNothing()
      .returning({ code: referralCodes.code });
    if (taken.length === 0) {
      return refused(
        "conflict",
        `“${code}” is somebody else's. Try it with something of yours, such as a year.`,
        "code",
      );
    }
  }
  await tx.update(accounts).set({ referralCode: code, updatedAt: now }).where(ownRow);
  return done({ code });
}

/** @param chosenAt when each code was chosen. @returns why there may be no more now; null when there may. */
function judgeNumber(chosenAt: readonly Date[], now: Date): string | null {
  if (chosenAt.length >= CODES_MAX) {
    return `You have chosen ${CODES_MAX} codes, and each stays yours for ever. Take one of them again.`;
  }
  const recent = chosenAt.filter((at) => now.getTime() - at.getTime() < DAY_MS);
  if (recent.length < CODES_A_DAY) return null;
  const [first = now] = recent.sort((a, b) => a.getTime() - b.getTime());
  const again = new Date(first.getTime() + DAY_MS).toISOString();
  return `You chose ${CODES_A_DAY} codes within 24 hours. Choose a new one from ${again.slice(0, 16).replace("T", " ")} UTC on, or take one you had.`;
}

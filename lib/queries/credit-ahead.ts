import "server-only";
import { and, asc, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db, rawOf } from "@/db/client";
import { rewards } from "@/db/schema/programs";
import { creditMoves } from "@/lib/ledger/credit-moves";
import { openEndings } from "@/lib/ledger/endings";
import { amountText } from "@/lib/money/format";
import { lapsesOf } from "@/lib/programs/lapses";
import { replayLots } from "@/lib/programs/lots";
import type { AccountKey } from "./account-key";

/** What time will do to an account's credit, soonest first. Amounts exact decimal dollars, instants ISO 8601. */
export interface CreditAhead {
  /** What is there now, and will be gone then if it is not spent. */
  expiring: { bucket: "promo" | "earned"; amount: string; at: string }[];
  /** What is held now, and can be spent from then. */
  releases: { amount: string; at: string }[];
}

/** For most accounts nothing, and that costs little; where something expires, their history is walked. */
export async function creditAhead(account: AccountKey): Promise<CreditAhead> {
  await connection();
  return db().transaction(
    async (tx) => {
      const held = await tx
        .select({ amount: rewards.amount, releaseAt: rewards.releaseAt })
        .from(rewards)
        .where(and(mine(account), eq(rewards.posted, true), eq(rewards.held, true)))
        .orderBy(asc(rewards.releaseAt));
      const releases = held.flatMap(({ amount, releaseAt }) =>
        releaseAt === null ? [] : [{ amount: amountText(amount), at: releaseAt.toISOString() }],
      );
      const endings = await openEndings(rawOf(tx), account, null);
      if (endings.length === 0) return { expiring: [], releases };
      const { lots } = replayLots(await creditMoves(rawOf(tx), account));
      const expiring = lapsesOf(lots, endings).flatMap(({ ending: { bucket, expiresAt }, amount }) =>
        amount > 0n ? [{ bucket, amount: amountText(amount), at: expiresAt.toISOString() }] : [],
      );
      return { expiring, releases };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

const mine = ({ lane, id }: AccountKey) => and(eq(rewards.lane, lane), eq(rewards.accountId, id));

import "server-only";
import { and, desc, eq, isNull, not } from "drizzle-orm";
import { connection } from "next/server";
import { db, rawOf } from "@/db/client";
import { applications, earnings, referrals } from "@/db/schema/programs";
import { termsBook } from "@/lib/ledger/terms-book";
import { amountText } from "@/lib/money/format";
import { sum } from "@/lib/money/nanos";
import { type ApplicationFacts, betaGateChecklist } from "@/lib/programs/checklist";
import { type ShownCondition, showCondition } from "@/lib/programs/checklist-text";
import { betaGate } from "@/lib/services/referrals/gate";
import type { AccountKey } from "./account-key";
import { isPairInReview } from "./earnings";

/** The gate of the beta referral terms, as its referrer sees it. Exact decimal dollars, instants in ISO 8601. */
export interface BetaGateView {
  /** As of the last sweep. */
  pending: string;
  accounts: { have: number; need: number };
  spend: { have: string; need: string };
  application: {
    state: "submitted" | "accepted" | "declined";
    submittedAt: string;
    decidedAt: string | null;
    /** The operator's words. */
    reason: string | null;
  } | null;
  /** When a declined referrer may apply again; null where that is no question. */
  againAt: string | null;
  /** Whether an application would be taken now. */
  mayApply: boolean;
  /** How many there were: what the next one is told apart by. */
  attempts: number;
  conditions: ShownCondition[];
  /** Whether the referrer has pairs under terms of the current program beside them. */
  hasOthers: boolean;
}

/** Null for a referrer without a pair under the beta terms. */
export async function betaGateOf(account: AccountKey): Promise<BetaGateView | null> {
  await connection();
  const now = Date.now();
  return db().transaction(
    async (tx) => {
      const gate = await betaGate(rawOf(tx), termsBook(db()), account);
      if (!gate) return null;
      const all = await tx
        .select()
        .from(applications)
        .where(and(eq(applications.lane, account.lane), eq(applications.accountId, account.id)))
        .orderBy(desc(applications.submittedAt));
      const [last] = all;
      const owed = await tx
        .select({ pending: earnings.pending })
        .from(earnings)
        .where(
          and(
            eq(earnings.lane, account.lane),
            eq(earnings.accountId, account.id),
            eq(earnings.program, "referral-beta"),
            // What a held pair accrued is a part of its own, which waits for more than this gate.
            not(isPairInReview(earnings.template)),
          ),
        );
      const others = await tx
        .select({ id: referrals.id })
        .from(referrals)
        .where(
          and(eq(referrals.referrerId, account.id), eq(referrals.program, "referral"), isNull(referrals.voidReason)),
        )
        .limit(1);
      const againMs =
        last?.state === "declined" && last.decidedAt ? last.decidedAt.getTime() + Number(gate.reapplyMs) : null;
      const facts: ApplicationFacts | null = last ? { state: last.state, said: last.reason, againMs } : null;
      return {
        pending: amountText(sum(owed.map(({ pending }) => pending))),
        accounts: gate.accounts,
        spend: { have: amountText(gate.spend.have), need: amountText(gate.spend.need) },
        application: last
          ? {
              state: last.state,
              submittedAt: last.submittedAt.toISOString(),
              decidedAt: last.decidedAt?.toISOString() ?? null,
              reason: last.reason,
            }
          : null,
        againAt: againMs === null ? null : new Date(againMs).toISOString(),
        mayApply: gate.met && (!last || (againMs !== null && againMs <= now)),
        attempts: all.length,
        conditions: betaGateChecklist(gate.missing, facts, now).map(showCondition),
        hasOthers: others.length > 0,
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

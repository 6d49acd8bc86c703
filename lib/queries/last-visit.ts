import "server-only";
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accountVisits, wallets } from "@/db/schema/accounts";
import { postings } from "@/db/schema/ledger";
import { amountText } from "@/lib/money/format";
import { NANOS_PER_DOLLAR, nanos, sum } from "@/lib/money/nanos";
import type { Look } from "@/lib/services/accounts/note-visit";
import { VISIT_GAP_MS } from "@/lib/services/accounts/visit-gap";
import type { AccountKey } from "./account-key";

/** Kinds of postings that are told, by what they are told as. */
const kinds = {
  deposits: ["deposit", "opening", "dispute_won"],
  returned: ["refund", "chargeback"],
  bonus: ["bonus", "milestone"],
  takenBack: ["bonus-back", "milestone-back"],
  granted: ["grant"],
  expired: ["expiry"],
  commission: ["commission"],
  royalty: ["royalty"],
} as const;
type Told = keyof typeof kinds;

/** What happened to an account since its owner last looked. Exact decimal dollars; what did not happen is absent. */
export interface SinceLastTime {
  /** ISO 8601: the end of the visit before. */
  at: string;
  changes: { what: Told | "spent"; amount: string; times: number | null }[];
}

export interface LastVisit {
  /** Null where it is the first visit. */
  since: SinceLastTime | null;
  /** Whether the note of the bonus was watched being drawn. */
  isBonusSeen: boolean;
  /** What this look shows, to be remembered. */
  look: Look;
}

/** What an account's owner sees now, beside what was seen the last time. */
export async function lastVisitOf(account: AccountKey): Promise<LastVisit> {
  await connection();
  const at = new Date();
  const [row] = await db()
    .select({ wallet: wallets, visit: accountVisits })
    .from(wallets)
    .leftJoin(accountVisits, and(eq(accountVisits.lane, wallets.lane), eq(accountVisits.accountId, wallets.accountId)))
    .where(and(eq(wallets.lane, account.lane), eq(wallets.accountId, account.id)));
  if (!row) throw new Error(`Account ${account.id} has no wallet`);
  const { wallet, visit } = row;
  const charged = sum([wallet.chargedPod, wallet.chargedServerless, wallet.chargedStorage]);
  const before = visit && comparedWith(visit, at.getTime());
  return {
    since: before && {
      at: before.at.toISOString(),
      changes: [
        ...(charged === before.charged
          ? []
          : [{ what: "spent" as const, amount: amountText(nanos(charged - before.charged)), times: null }]),
        ...(await changesSince(account, before.seq)),
      ],
    },
    isBonusSeen: (visit?.bonusSeenAt ?? null) !== null,
    look: { at, seq: wallet.seq, charged },
  };
}

/** The last look of the visit before; null during the first. */
function comparedWith(visit: typeof accountVisits.$inferSelect, nowMs: number): Look | null {
  const { seenAt, seenSeq, seenCharged, beforeAt, beforeSeq, beforeCharged } = visit;
  if (nowMs - seenAt.getTime() > VISIT_GAP_MS) return { at: seenAt, seq: seenSeq, charged: seenCharged };
  if (beforeAt === null || beforeSeq === null || beforeCharged === null) return null;
  return { at: beforeAt, seq: beforeSeq, charged: beforeCharged };
}

/** Postings of no usage since, summed by kind. What programs owe is told as it was gained, pending or not. */
async function changesSince(account: AccountKey, seq: bigint): Promise<SinceLastTime["changes"]> {
  const rows = await db()
    .select({
      kind: postings.kind,
      amount: sql<string>`sum(${postings.amount})`,
      gained: sql<string>`(coalesce(sum((${postings.explains} ->> 'gained')::numeric), 0) * ${String(NANOS_PER_DOLLAR)}::numeric)::bigint`,
      times: sql<string>`count(*)`,
    })
    .from(postings)
    .where(
      and(
        eq(postings.lane, account.lane),
        eq(postings.accountId, account.id),
        gt(postings.seq, seq),
        inArray(postings.kind, Object.values(kinds).flat()),
      ),
    )
    .groupBy(postings.kind);
  return told.flatMap((what) => {
    const of = rows.filter(({ kind }) => kinds[what].some((each) => each === kind));
    if (of.length === 0) return [];
    const isEarned = what === "commission" || what === "royalty";
    let total = 0n;
    let times = 0;
    for (const row of of) {
      total += BigInt(isEarned ? row.gained : row.amount);
      times += Number(row.times);
    }
    return total === 0n ? [] : [{ what, amount: amountText(nanos(total)), times: isEarned ? null : times }];
  });
}

const told = [
  "deposits",
  "returned",
  "bonus",
  "takenBack",
  "granted",
  "commission",
  "royalty",
  "expired",
] as const satisfies Told[];

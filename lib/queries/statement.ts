import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { readEnv } from "@/lib/env";
import { type Entry, entriesPage } from "@/lib/ledger/read";
import { amountText } from "@/lib/money/format";
import { maxNanos, type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import { arrearsOf } from "@/lib/programs/account";
import type { AccountKey } from "./account-key";
import { openPlace, sealPlace } from "./statement-cursor";

/** What belongs to the customer, as the ledger names it. */
const buckets = ["promo", "earned", "market", "paid", "promo.held", "pending", "debt"] as const;
export type StatementBucket = (typeof buckets)[number];

/** Held and pending credit is not spendable, and debt is settled from what comes, not from what is there. */
const spendable = ["promo", "earned", "market", "paid"] as const;

/** One line of a posting. Exact decimal dollars. */
export interface StatementEntry {
  no: number;
  /** As the chart of accounts names it. */
  code: string;
  direction: "debit" | "credit";
  amount: string;
  balanceAfter: string;
}

/** One thing that happened to an account's credit. Exact decimal dollars. */
export interface StatementPosting {
  /** Its number in the account's books. */
  seq: string;
  /** ISO 8601 */
  at: string;
  /** `usage`, `deposit`, `bonus`, … */
  kind: string;
  /** Why it was posted; no two postings have the same. */
  cause: string;
  /** What a reader needs to follow it to its source. */
  explains: Record<string, string>;
  /** What it did to each bucket, below zero for what was drawn from it; `debt` rises when something is owed. */
  changes: { bucket: StatementBucket; change: string }[];
  /** What it did to spendable credit. */
  change: string;
  /** Promo, earned, market and paid credit it left, less arrears; never below zero. */
  spendableAfter: string;
  arrearsAfter: string;
  entries: StatementEntry[];
}

export interface StatementPage {
  /** Newest first. */
  postings: StatementPosting[];
  /** The next page's `place`; null at the end. */
  next: string | null;
}

/** No posting has more lines: a sweep that releases, gains and settles debt moves four times, each debit and credit. */
const LINES_MAX = 8;

/**
 * An account's statement, posting by posting, with the spendable credit each left behind. What it costs depends on the
 * page, not on the history.
 * @param place where the page before ended; one that is not ours is read as the beginning.
 */
export async function statementPage(
  account: AccountKey,
  { place, size }: { place: string | null; size: number },
): Promise<StatementPage> {
  await connection();
  const sealing = { accountId: account.id, secret: readEnv(["NEXTAUTH_SECRET"]).NEXTAUTH_SECRET };
  const cursor = place === null ? null : openPlace(place, sealing);
  const limit = size * LINES_MAX;
  const { entries, next } = await entriesPage(db(), account, cursor ? { cursor, limit } : { limit });
  const groups = postingsOf(entries);
  // A posting that the limit may have cut short is left to the next page.
  const whole = next ? groups.slice(0, -1) : groups;
  const shown = Math.min(size, whole.length);

  const balances = new Map(next?.balances);
  const postings: StatementPosting[] = [];
  let rest: string | null = null;
  for (const [index, group] of [...groups.entries()].reverse()) {
    for (const entry of group.toReversed()) balances.set(entry.code, entry.balanceAfter);
    if (index < shown) postings.unshift(toPosting(group, balances));
    const [first] = group;
    if (index === shown && first) rest = sealPlace({ seq: first.seq, balances }, sealing);
  }
  return { postings, next: rest };
}

/** Newest posting first, newest entry first in each. */
function postingsOf(entries: readonly Entry[]): Entry[][] {
  const groups = new Map<bigint, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.seq);
    if (group) group.push(entry);
    else groups.set(entry.seq, [entry]);
  }
  return [...groups.values()];
}

function toPosting(group: readonly Entry[], balances: ReadonlyMap<Entry["code"], Nanos>): StatementPosting {
  const [first] = group;
  if (!first) throw new Error("A posting without entries was read");
  const changes = buckets.flatMap((bucket) => {
    const change = changeOf(bucket, group);
    return change === 0n ? [] : [{ bucket, change }];
  });
  const left = spendable.reduce((sum, code) => sum + (balances.get(code) ?? 0n), 0n);
  const change = spendable.reduce((sum, bucket) => sum + changeOf(bucket, group), 0n);
  return {
    seq: String(first.seq),
    at: first.at.toISOString(),
    kind: first.kind,
    cause: first.cause,
    explains: Object.fromEntries(Object.entries(first.explains).map(([name, value]) => [name, String(value)])),
    changes: changes.map((each) => ({ bucket: each.bucket, change: amountText(each.change) })),
    change: amountText(nanos(change)),
    spendableAfter: amountText(maxNanos(ZERO, nanos(left))),
    arrearsAfter: amountText(arrearsOf(balances.get("paid") ?? ZERO)),
    entries: group.toReversed().map((entry) => ({
      no: entry.no,
      code: entry.code,
      direction: entry.direction,
      amount: amountText(entry.amount),
      balanceAfter: amountText(entry.balanceAfter),
    })),
  };
}

/** Credit grows by credits; debt, the one asset among these, by debits. */
function changeOf(bucket: StatementBucket, group: readonly Entry[]): Nanos {
  const grows = bucket === "debt" ? "debit" : "credit";
  let change = 0n;
  for (const { code, direction, amount } of group) {
    if (code === bucket) change += direction === grows ? amount : -amount;
  }
  return nanos(change);
}

import "server-only";
import { db } from "@/db/client";
import { type Balances, balancesAfter } from "@/lib/ledger/balances-at";
import { balanceChange, type Code, isCode } from "@/lib/ledger/chart";
import { amountText } from "@/lib/money/format";
import { maxNanos, type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import { arrearsOf } from "@/lib/programs/account";
import type { AccountKey } from "./account-key";

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

/** An account's postings of these numbers, in the order of the numbers. */
export async function postingsOf(account: AccountKey, seqs: readonly bigint[]): Promise<StatementPosting[]> {
  if (seqs.length === 0) return [];
  const balances = await balancesAfter(db().$client, account, seqs);
  const groups = await entriesOf(account, seqs);
  return seqs.flatMap((seq) => {
    const group = groups.get(seq);
    return group ? [toPosting(seq, group, balances.get(seq) ?? new Map())] : [];
  });
}

interface Entry {
  no: number;
  at: Date;
  kind: string;
  cause: string;
  code: Code;
  direction: "debit" | "credit";
  amount: Nanos;
  explains: Record<string, string>;
}

interface EntryRow {
  seq: string;
  no: number;
  at_ms: string;
  kind: string;
  cause: string;
  code: string;
  direction: "debit" | "credit";
  amount: string;
  explains: unknown;
}

/** The entries of some postings, in their order within each. */
async function entriesOf({ lane, id }: AccountKey, seqs: readonly bigint[]): Promise<Map<bigint, Entry[]>> {
  const groups = new Map<bigint, Entry[]>();
  const rows = await db().$client<EntryRow[]>`
    select seq, no, (extract(epoch from at) * 1000)::bigint as at_ms, kind, cause, code, direction, amount, explains
      from ledger_entries
     where lane = ${lane} and account_id = ${id} and seq = any(${seqs.map(String)}::bigint[])
     order by seq, no`;
  for (const { seq, at_ms, code, amount, explains, ...row } of rows) {
    if (!isCode(code)) throw new Error(`${code} is not in the chart of accounts`);
    const texts: object = typeof explains === "string" ? JSON.parse(explains) : (explains ?? {});
    const entry: Entry = {
      ...row,
      at: new Date(Number(at_ms)),
      code,
      amount: nanos(BigInt(amount)),
      explains: Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, String(value)])),
    };
    const group = groups.get(BigInt(seq));
    if (group) group.push(entry);
    else groups.set(BigInt(seq), [entry]);
  }
  return groups;
}

function toPosting(seq: bigint, group: readonly Entry[], after: Balances): StatementPosting {
  const [first] = group;
  if (!first) throw new Error(`Posting ${seq} has no entries`);
  const changes = buckets.flatMap((bucket) => {
    const change = changeOf(bucket, group);
    return change === 0n ? [] : [{ bucket, change: amountText(change) }];
  });
  const left = spendable.reduce((sum, code) => sum + (after.get(code) ?? 0n), 0n);
  const change = spendable.reduce((sum, bucket) => sum + changeOf(bucket, group), 0n);
  return {
    seq: String(seq),
    at: first.at.toISOString(),
    kind: first.kind,
    cause: first.cause,
    explains: first.explains,
    changes,
    change: amountText(nanos(change)),
    spendableAfter: amountText(maxNanos(ZERO, nanos(left))),
    arrearsAfter: amountText(arrearsOf(after.get("paid") ?? ZERO)),
    entries: withBalances(group, after),
  };
}

/** Walks back from what the posting left. */
function withBalances(group: readonly Entry[], after: Balances): StatementEntry[] {
  const balances = new Map(after);
  const entries = group.toReversed().map(({ no, code, direction, amount }) => {
    const balance = balances.get(code) ?? ZERO;
    balances.set(code, nanos(balance - balanceChange(code, direction, amount)));
    return { no, code, direction, amount: amountText(amount), balanceAfter: amountText(balance) };
  });
  return entries.reverse();
}

/** What a posting did to a bucket, as its nature reads it. */
function changeOf(bucket: StatementBucket, group: readonly Entry[]): Nanos {
  const mine = group.filter(({ code }) => code === bucket);
  return nanos(mine.reduce((sum, { code, direction, amount }) => sum + balanceChange(code, direction, amount), 0n));
}

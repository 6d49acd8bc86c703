import "server-only";
import { db } from "@/db/client";
import type { Balances } from "@/lib/ledger/balances-at";
import { amountText } from "@/lib/money/format";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import type { AccountKey } from "./account-key";

/** Where a line of a monthly statement belongs, in the order they are told. */
export const monthGroups = ["deposits", "charges", "promotional", "earnings", "taken-back", "other"] as const;
export type MonthGroup = (typeof monthGroups)[number];

/** What one kind of posting did to spendable credit in a month. Exact decimal dollars, below zero for what was taken. */
export interface MonthLine {
  group: MonthGroup;
  /** The ledger's kind; for charges the service. */
  kind: string;
  amount: string;
}

const groups: Readonly<Record<string, MonthGroup>> = {
  deposit: "deposits",
  opening: "deposits",
  void: "charges",
  bonus: "promotional",
  grant: "promotional",
  expiry: "promotional",
  commission: "earnings",
  royalty: "earnings",
  milestone: "earnings",
  refund: "taken-back",
  refund_failed: "taken-back",
  chargeback: "taken-back",
  dispute_won: "taken-back",
  "bonus-back": "taken-back",
  "milestone-back": "taken-back",
  settlement: "taken-back",
};

/** Held credit that is released was promised by a bonus, or earned by a milestone. */
const groupOf = (kind: string, bucket: string): MonthGroup =>
  kind === "release" ? (bucket === "earned" ? "earnings" : "promotional") : (groups[kind] ?? "other");

const services = ["pod", "serverless", "storage"] as const;

interface Range {
  /** The number of the last posting before the month, and of its last. */
  after: bigint;
  upTo: bigint;
  /** What they left. */
  opening: Balances | undefined;
  closing: Balances | undefined;
}

/**
 * Everything that a stretch of an account's books did to spendable credit. Postings are added up by kind; what usage cost
 * is the difference of what had been charged before and after, so that nobody has to read a month's events.
 */
export async function monthLines(account: AccountKey, range: Range): Promise<MonthLine[]> {
  const [posted, voided] = await Promise.all([postedLines(account, range), voidedByService(account, range)]);
  const charged = services.map((service) => {
    const code = `revenue.${service}` as const;
    const net = (range.closing?.get(code) ?? ZERO) - (range.opening?.get(code) ?? ZERO);
    return { group: "charges" as const, kind: service, amount: nanos(-(net + (voided.get(service) ?? 0n))) };
  });
  const returned = nanos([...voided.values()].reduce((sum, each) => sum + each, 0n));
  const lines = [...posted, ...charged, { group: "charges" as const, kind: "void", amount: returned }];
  return lines
    .filter(({ amount }) => amount !== 0n)
    .sort((a, b) => monthGroups.indexOf(a.group) - monthGroups.indexOf(b.group))
    .map(({ amount, ...line }) => ({ ...line, amount: amountText(amount) }));
}

async function postedLines({ lane, id }: AccountKey, { after, upTo }: Range) {
  const rows = await db().$client<{ kind: string; bucket: string; amount: string }[]>`
    select p.kind, side.code as bucket, sum(side.change) as amount
      from postings p
      join transfers t on t.lane = p.lane and t.account_id = p.account_id and t.seq = p.seq
     cross join lateral (values (t.credit, t.amount), (t.debit, -t.amount)) side (code, change)
     where p.lane = ${lane} and p.account_id = ${id} and p.seq > ${String(after)} and p.seq <= ${String(upTo)}
       and t.lane = ${lane} and t.account_id = ${id} and t.seq > ${String(after)} and t.seq <= ${String(upTo)}
       and side.code in ('promo', 'earned', 'market', 'paid')
     group by 1, 2 order by 1, 2`;
  const lines = new Map<string, { group: MonthGroup; kind: string; amount: Nanos }>();
  for (const { kind, bucket, amount } of rows) {
    const group = groupOf(kind, bucket);
    const key = `${group} ${kind}`;
    lines.set(key, { group, kind, amount: nanos((lines.get(key)?.amount ?? 0n) + BigInt(amount)) });
  }
  return [...lines.values()];
}

/** What was given back for usage, above zero. */
async function voidedByService({ lane, id }: AccountKey, { after, upTo }: Range): Promise<Map<string, bigint>> {
  const rows = await db().$client<{ service: string; amount: string }[]>`
    select service, -sum(charge) as amount from usage_events
     where lane = ${lane} and account_id = ${id} and voids_seq is not null
       and seq > ${String(after)} and seq <= ${String(upTo)}
     group by service`;
  return new Map(rows.map(({ service, amount }) => [service, BigInt(amount)]));
}

import type { TransactionSql } from "postgres";
import { knownKeys, takeKeys } from "@/lib/ledger/event-keys";
import { arrayLiteral, textArrayLiteral } from "@/lib/ledger/sql-arrays";
import { amountText } from "@/lib/money/format";
import { cameBeforeItsKey, earlierOutcome } from "./earlier-outcome";
import { type AnyEvent, isVoid, type Outcome, type Rejection, type UsageEvent } from "./event";
import { judge } from "./judge";
import { pricesOf } from "./post-batch";

export interface UnknownSubject {
  event: AnyEvent;
}

export const UNKNOWN_SUBJECT = "unknown_subject";

/**
 * Keeps events whose account does not exist yet. What can be judged without it is judged now; the key is taken, so a
 * retry is a duplicate and other content a conflict meanwhile.
 * @returns one outcome for each, in order.
 */
export async function quarantineEvents(
  raw: TransactionSql,
  items: readonly UnknownSubject[],
  at: Date,
): Promise<Outcome[]> {
  if (items.length === 0) return [];
  const skus = items.flatMap(({ event }) => (isVoid(event) ? [] : (event.sku ?? [])));
  const prices = await pricesOf(raw, new Set(skus));
  const verdicts = items.map(({ event }) => {
    if (isVoid(event)) return null;
    return judge(event, { prices: event.sku === null ? undefined : prices.get(event.sku), nowMs: at.getTime() });
  });
  const keys = items.map(({ event }) => event.key.text);
  const first = new Map<string, number>();
  keys.forEach((key, index) => {
    if (!isRefused(verdicts[index]) && !first.has(key)) first.set(key, index);
  });
  const candidates = [...first.values()].flatMap((index) => items[index]?.event.key ?? []);
  const taken = await takeKeys(raw, candidates);
  const isHeld = (index: number): boolean => first.get(keys[index] ?? "") === index && taken.has(keys[index] ?? "");
  await insertHeld(
    raw,
    items.filter((_, index) => isHeld(index)),
    at,
  );
  const others = items.flatMap(({ event }, index) => (isHeld(index) ? [] : event.key));
  const known = await knownKeys(raw, others);
  return items.map(({ event }, index): Outcome => {
    if (isHeld(index)) return { kind: "quarantined" };
    const verdict = verdicts[index];
    const refusal: Outcome | null = isRefused(verdict) ? { kind: "rejected", ...verdict.verdict } : null;
    if (refusal && cameBeforeItsKey(keys[index] ?? "", index, { first, taken })) return refusal;
    return earlierOutcome(event.key, known) ?? refusal ?? { kind: "duplicate" };
  });
}

type Verdict = ReturnType<typeof judge> | null | undefined;
const isRefused = (verdict: Verdict): verdict is { verdict: Rejection } => verdict != null && "verdict" in verdict;

/** What was understood of an event, in the form it came in: reading it again gives the same. */
export function toCloudEvent(event: AnyEvent): Record<string, unknown> {
  const { source, id } = event.key;
  const time = new Date(event.endedAtMs).toISOString();
  const envelope = { specversion: "1.0", source, id, subject: event.subject, time };
  if (isVoid(event)) return { ...envelope, type: "usage.void", data: { voids: event.voids } };
  return { ...envelope, type: "usage", data: usageData(event) };
}

function usageData(event: UsageEvent): Record<string, unknown> {
  const { sku, service, durationMs, quantityMilli, amount, resource, template } = event;
  return {
    sku,
    service,
    durationMs: String(durationMs),
    quantity: `${quantityMilli / 1000n}.${String(quantityMilli % 1000n).padStart(3, "0")}`,
    amount: amount === null ? null : amountText(amount),
    resource,
    template,
  };
}

async function insertHeld(raw: TransactionSql, held: readonly UnknownSubject[], at: Date): Promise<void> {
  if (held.length === 0) return;
  await raw.unsafe(
    `insert into quarantine (lane, source, id, subject, received_at, reason, event)
     select lane, source, id, subject, $6::timestamptz, '${UNKNOWN_SUBJECT}', event::jsonb
       from unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[])
            with ordinality as u (lane, source, id, subject, event, place)
      order by place`,
    [
      arrayLiteral(held.map(({ event }) => event.key.lane)),
      textArrayLiteral(held.map(({ event }) => event.key.source)),
      textArrayLiteral(held.map(({ event }) => event.key.id)),
      textArrayLiteral(held.map(({ event }) => event.subject)),
      textArrayLiteral(held.map(({ event }) => JSON.stringify(toCloudEvent(event)))),
      at.toISOString(),
    ],
    { prepare: true },
  );
}

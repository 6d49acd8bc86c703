import type { TransactionSql } from "postgres";
import { type EventKey, keyText, knownKeys, takeKeys } from "@/lib/ledger/event-keys";
import { arrayLiteral, textArrayLiteral } from "@/lib/ledger/sql-arrays";
import { amountText } from "@/lib/money/format";
import type { Outcome, UsageEvent } from "./event";
import { judge } from "./judge";
import { cameBeforeItsKey, earlierOutcome, pricesOf } from "./post-batch";

export interface UnknownSubject {
  event: UsageEvent;
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
  const prices = await pricesOf(raw, new Set(items.flatMap(({ event }) => event.sku ?? [])));
  const verdicts = items.map(({ event }) =>
    judge(event, { prices: event.sku === null ? undefined : prices.get(event.sku), nowMs: at.getTime() }),
  );
  const first = new Map<string, UnknownSubject>();
  items.forEach((item, index) => {
    const verdict = verdicts[index];
    const key = keyText(item.event.key);
    if (verdict && !("verdict" in verdict) && !first.has(key)) first.set(key, item);
  });
  const taken = await takeKeys(
    raw,
    [...first.values()].map(({ event }) => event.key),
  );
  const held = [...first].flatMap(([key, item]) => (taken.has(key) ? item : []));
  await insertHeld(raw, held, at);
  const kept = new Set(held);
  const others: EventKey[] = items.flatMap((item) => (kept.has(item) ? [] : item.event.key));
  const known = await knownKeys(raw, others);
  return items.map((item, index): Outcome => {
    if (kept.has(item)) return { kind: "quarantined" };
    const verdict = verdicts[index];
    const refusal: Outcome | null = verdict && "verdict" in verdict ? { kind: "rejected", ...verdict.verdict } : null;
    if (refusal && cameBeforeItsKey(items, index, first, taken)) return refusal;
    return earlierOutcome(item.event.key, known) ?? refusal ?? { kind: "duplicate" };
  });
}

/** What was understood of an event, in the form it came in: reading it again gives the same. */
export function toCloudEvent(event: UsageEvent): Record<string, unknown> {
  const { key, subject, endedAtMs, sku, service, durationMs, quantityMilli, amount, resource, template } = event;
  const data = {
    sku,
    service,
    durationMs: String(durationMs),
    quantity: `${quantityMilli / 1000n}.${String(quantityMilli % 1000n).padStart(3, "0")}`,
    amount: amount === null ? null : amountText(amount),
    resource,
    template,
  };
  const time = new Date(endedAtMs).toISOString();
  return { specversion: "1.0", type: "usage", source: key.source, id: key.id, subject, time, data };
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

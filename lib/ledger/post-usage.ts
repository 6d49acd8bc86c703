import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";
import type { Parts } from "@/lib/programs/drawing-order";
import { type Effects, noEffects } from "@/lib/programs/effects";
import { applyUsage } from "@/lib/programs/usage";
import { writeEffects } from "./effects";
import { arrayLiteral, textArrayLiteral } from "./sql-arrays";
import { meetGates, TemplateBook } from "./templates";
import type { TermsBook } from "./terms-book";
import { type LockedWallet, saveWallets } from "./wallet";

/** A usage event, judged and priced: nothing about it can be refused any more. */
export interface MeteredEvent {
  wallet: LockedWallet;
  source: string;
  id: string;
  endedAtMs: number;
  service: Service;
  sku: string | null;
  /** In thousandths. */
  quantityMilli: bigint;
  durationMs: bigint;
  resource: string | null;
  template: string | null;
  /** Whether the platform sent its own amount. */
  priceGiven: boolean;
  charge: Nanos;
}

type PostedEvent = MeteredEvent & { seq: bigint; parts: Parts };

/**
 * Posts events in the order given, each judged by the rules after the one before. Their keys are taken and their
 * wallets locked. Everything is written in sets: some ten statements whatever the number of events.
 */
export async function postUsage(
  raw: TransactionSql,
  book: TermsBook,
  events: readonly MeteredEvent[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return;
  const templates = new TemplateBook(book);
  await templates.loadHoldingMissing(raw, podTemplates(events));
  const gathered = new Map<LockedWallet, Effects>();
  const posted = events.map((event): PostedEvent => {
    const { wallet } = event;
    let effects = gathered.get(wallet);
    if (!effects) {
      effects = noEffects();
      gathered.set(wallet, effects);
    }
    const usage = { ...event, template: event.service === "pod" ? templates.pin(event.template) : null };
    const parts = applyUsage(wallet.state, wallet.pins, usage, effects);
    return { ...event, seq: wallet.state.seq, parts };
  });
  const changed = [...gathered].map(([wallet, effects]) => ({ wallet, effects }));
  await Promise.all([
    writeEvents(raw, posted, at),
    saveWallets(
      raw,
      changed.map(({ wallet }) => wallet),
      at,
    ),
    writeUnclaimed(raw, posted, templates, at),
    writeEffects(raw, changed, { templates, at }),
  ]);
  await meetGates(raw, templates.ungated(new Set(changed.flatMap(({ effects }) => [...effects.templates.keys()]))), at);
}

const podTemplates = (events: readonly MeteredEvent[]): string[] => [
  ...new Set(events.flatMap(({ service, template }) => (service === "pod" && template !== null ? template : []))),
];

const insertStatement = `
  insert into usage_events (lane, account_id, seq, source, id, posted_at, ended_at, service, sku, quantity_milli,
                            duration_ms, resource, template, price_given, charge, promo, earned, market, paid)
  select lane, account_id, seq, source, id, $18::timestamptz, to_timestamp(ended_ms / 1000.0), service, sku,
         quantity_milli, duration_ms, resource, template, price_given, charge, promo, earned, market, paid
    from unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[],
                $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::smallint[], $14::bigint[], $15::bigint[],
                $16::bigint[], $17::bigint[], $19::bigint[])
         as u (lane, account_id, seq, source, id, ended_ms, service, sku, quantity_milli, duration_ms, resource,
               template, price_given, charge, promo, earned, market, paid)`;

async function writeEvents(raw: TransactionSql, events: readonly PostedEvent[], at: Date): Promise<void> {
  await raw.unsafe(
    insertStatement,
    [
      arrayLiteral(events.map(({ wallet }) => wallet.account.lane)),
      arrayLiteral(events.map(({ wallet }) => wallet.account.id)),
      arrayLiteral(events.map(({ seq }) => seq)),
      textArrayLiteral(events.map(({ source }) => source)),
      textArrayLiteral(events.map(({ id }) => id)),
      arrayLiteral(events.map(({ endedAtMs }) => endedAtMs)),
      arrayLiteral(events.map(({ service }) => service)),
      textArrayLiteral(events.map(({ sku }) => sku)),
      arrayLiteral(events.map(({ quantityMilli }) => quantityMilli)),
      arrayLiteral(events.map(({ durationMs }) => durationMs)),
      textArrayLiteral(events.map(({ resource }) => resource)),
      textArrayLiteral(events.map(({ template }) => template)),
      arrayLiteral(events.map(({ priceGiven }) => (priceGiven ? 1 : 0))),
      arrayLiteral(events.map(({ charge }) => charge)),
      arrayLiteral(events.map(({ parts }) => parts.promo)),
      arrayLiteral(events.map(({ parts }) => parts.earned)),
      arrayLiteral(events.map(({ parts }) => parts.market)),
      at.toISOString(),
      arrayLiteral(events.map(({ parts }) => parts.paid)),
    ],
    { prepare: true },
  );
}

/** Pod events of templates nobody registered yet are remembered, so that a registration within 30 days finds them. */
async function writeUnclaimed(
  raw: TransactionSql,
  events: readonly PostedEvent[],
  templates: TemplateBook,
  at: Date,
): Promise<void> {
  const unclaimed = events.flatMap(({ service, template, wallet, seq }) =>
    service === "pod" && template !== null && templates.pin(template) === null ? [{ template, wallet, seq }] : [],
  );
  if (unclaimed.length === 0) return;
  await raw.unsafe(
    `insert into unclaimed_usage (lane, template, account_id, seq, posted_at)
     select u.*, $5::timestamptz from unnest($1::smallint[], $2::text[], $3::uuid[], $4::bigint[]) as u`,
    [
      arrayLiteral(unclaimed.map(({ wallet }) => wallet.account.lane)),
      textArrayLiteral(unclaimed.map(({ template }) => template)),
      arrayLiteral(unclaimed.map(({ wallet }) => wallet.account.id)),
      arrayLiteral(unclaimed.map(({ seq }) => seq)),
      at.toISOString(),
    ],
    { prepare: true },
  );
}

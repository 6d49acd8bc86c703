import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";
import type { Parts } from "@/lib/programs/drawing-order";
import { type Effects, noEffects } from "@/lib/programs/effects";
import { applyUsage } from "@/lib/programs/usage";
import { writeEffects } from "./effects";
import type { EventKey } from "./event-keys";
import { arrayLiteral, rowsOf, textArrayLiteral } from "./sql-arrays";
import { TemplateBook } from "./templates";
import type { TermsBook } from "./terms-book";
import type { LockedWallet } from "./wallet";

/** A usage event as it was sent. */
export interface SentUsage {
  key: EventKey;
  /** The instant the interval ended, milliseconds since 1970. */
  endedAtMs: number;
  sku: string | null;
  /** In thousandths. */
  quantityMilli: bigint;
  durationMs: bigint;
  resource: string | null;
  template: string | null;
  /** The platform's own price for it; null where the rate card decided. */
  amount: Nanos | null;
}

/** A usage event, judged and priced: nothing about it can be refused any more. */
export interface MeteredEvent {
  wallet: LockedWallet;
  sent: SentUsage;
  service: Service;
  charge: Nanos;
}

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
  const rows = new EventRows();
  const unclaimed: Unclaimed[] = [];
  for (const event of events) {
    const { wallet, sent, service, charge } = event;
    let effects = gathered.get(wallet);
    if (!effects) {
      effects = noEffects();
      gathered.set(wallet, effects);
    }
    const template = service === "pod" ? templates.pin(sent.template) : null;
    const usage = { service, endedAtMs: sent.endedAtMs, template, charge, durationMs: sent.durationMs };
    const before = wallet.state.seq;
    const parts = applyUsage(wallet.state, wallet.pins, usage, effects);
    const seq = before + 1n;
    rows.add(event, seq, parts);
    if (service === "pod" && sent.template !== null && !template) {
      unclaimed.push({ wallet, template: sent.template, seq });
    }
  }
  const changed = [...gathered].map(([wallet, effects]) => ({ wallet, effects }));
  await Promise.all([
    rows.write(raw, at),
    writeUnclaimed(raw, unclaimed, at),
    writeEffects(raw, changed, { templates, at }),
  ]);
}

const podTemplates = (events: readonly MeteredEvent[]): string[] => {
  const names = new Set<string>();
  for (const { service, sent } of events) if (service === "pod" && sent.template !== null) names.add(sent.template);
  return [...names];
};

const insertStatement = `
  insert into usage_events (lane, account_id, seq, source, id, posted_at, ended_at, service, sku, quantity_milli,
                            duration_ms, resource, template, price_given, charge, promo, earned, market, paid)
  select lane, account_id, seq, source, id, $18::timestamptz, to_timestamp(ended_ms / 1000::float8), service, sku,
         quantity_milli, duration_ms, resource, template, price_given, charge, promo, earned, market, paid
    from ${rowsOf({
      lane: "$1::smallint[]",
      account_id: "$2::uuid[]",
      seq: "$3::bigint[]",
      source: "$4::text[]",
      id: "$5::text[]",
      ended_ms: "$6::bigint[]",
      service: "$7::text[]",
      sku: "$8::text[]",
      quantity_milli: "$9::bigint[]",
      duration_ms: "$10::bigint[]",
      resource: "$11::text[]",
      template: "$12::text[]",
      price_given: "$13::smallint[]",
      charge: "$14::bigint[]",
      promo: "$15::bigint[]",
      earned: "$16::bigint[]",
      market: "$17::bigint[]",
      paid: "$19::bigint[]",
    })} u`;

/** The rows of a batch, gathered by column as they will be sent: nothing is made of an event but its values. */
class EventRows {
  readonly #lanes: number[] = [];
  readonly #accounts: string[] = [];
  readonly #seqs: bigint[] = [];
  readonly #sources: string[] = [];
  readonly #ids: string[] = [];
  readonly #endedAtMs: number[] = [];
  readonly #services: string[] = [];
  readonly #skus: (string | null)[] = [];
  readonly #quantities: bigint[] = [];
  readonly #durations: bigint[] = [];
  readonly #resources: (string | null)[] = [];
  readonly #templates: (string | null)[] = [];
  readonly #pricesGiven: number[] = [];
  readonly #charges: bigint[] = [];
  readonly #promo: bigint[] = [];
  readonly #earned: bigint[] = [];
  readonly #market: bigint[] = [];
  readonly #paid: bigint[] = [];

  add({ wallet, sent, service, charge }: MeteredEvent, seq: bigint, parts: Parts): void {
    this.#lanes.push(wallet.account.lane);
    this.#accounts.push(wallet.account.id);
    this.#seqs.push(seq);
    this.#sources.push(sent.key.source);
    this.#ids.push(sent.key.id);
    this.#endedAtMs.push(sent.endedAtMs);
    this.#services.push(service);
    this.#skus.push(sent.sku);
    this.#quantities.push(sent.quantityMilli);
    this.#durations.push(sent.durationMs);
    this.#resources.push(sent.resource);
    this.#templates.push(sent.template);
    this.#pricesGiven.push(sent.amount === null ? 0 : 1);
    this.#charges.push(charge);
    this.#promo.push(parts.promo);
    this.#earned.push(parts.earned);
    this.#market.push(parts.market);
    this.#paid.push(parts.paid);
  }

  async write(raw: TransactionSql, at: Date): Promise<void> {
    const values = [
      arrayLiteral(this.#lanes),
      arrayLiteral(this.#accounts),
      arrayLiteral(this.#seqs),
      textArrayLiteral(this.#sources),
      textArrayLiteral(this.#ids),
      arrayLiteral(this.#endedAtMs),
      arrayLiteral(this.#services),
      textArrayLiteral(this.#skus),
      arrayLiteral(this.#quantities),
      arrayLiteral(this.#durations),
      textArrayLiteral(this.#resources),
      textArrayLiteral(this.#templates),
      arrayLiteral(this.#pricesGiven),
      arrayLiteral(this.#charges),
      arrayLiteral(this.#promo),
      arrayLiteral(this.#earned),
      arrayLiteral(this.#market),
      at.toISOString(),
      arrayLiteral(this.#paid),
    ];
    await raw.unsafe(insertStatement, values, { prepare: true });
  }
}

interface Unclaimed {
  wallet: LockedWallet;
  template: string;
  seq: bigint;
}

/** Pod events of templates nobody registered yet are remembered, so that a registration within 30 days finds them. */
async function writeUnclaimed(raw: TransactionSql, unclaimed: readonly Unclaimed[], at: Date): Promise<void> {
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

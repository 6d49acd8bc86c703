import type { TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import { type EventKey, keyText, knownKeys, takeKeys } from "@/lib/ledger/event-keys";
import { type MeteredEvent, postUsage } from "@/lib/ledger/post-usage";
import { textArrayLiteral } from "@/lib/ledger/sql-arrays";
import { termsBook } from "@/lib/ledger/terms-book";
import { type AccountRef, type LockedWallet, lockWallets } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import { BOOKS_MAX, type Nanos } from "@/lib/money/nanos";
import { type Service, totalOf } from "@/lib/programs/account";
import type { PriceUnit } from "@/lib/programs/pricing";
import { type Outcome, rejected, type UsageEvent } from "./event";
import { AGE_MAX_MS, judge, type PriceVersion } from "./judge";

export interface BatchItem {
  event: UsageEvent;
  account: AccountRef;
}

interface BatchOptions {
  db: Db;
  at: Date;
  /** The keys are taken already: the events waited in quarantine. */
  keysHeld?: boolean;
}

/**
 * Posts the events of known accounts in one transaction, in the order given: wallets locked in the common order,
 * each event judged, keys taken so that what was there before falls out, the rest posted as one set.
 * @returns one outcome for each item, in order.
 */
export async function postBatch(
  raw: TransactionSql,
  items: readonly BatchItem[],
  { db, at, keysHeld = false }: BatchOptions,
): Promise<Outcome[]> {
  const book = termsBook(db);
  const [wallets, prices] = await Promise.all([
    lockWallets(raw, book, distinctAccounts(items)),
    readPrices(raw, items),
  ]);
  const signUps = await readOldSignUps(raw, items, at);
  const judged = keepWithinBooks(items.map((item) => judgeItem(item, { wallets, prices, signUps, at })));
  const good = firstOfEachKey(items, judged);
  const taken = keysHeld
    ? new Set(good.keys())
    : await takeKeys(
        raw,
        [...good.values()].map(({ event }) => event.key),
      );
  const metered = judged.filter((each): each is MeteredItem => "metered" in each);
  await postUsage(
    raw,
    book,
    metered.filter(({ item }) => isFirst(good, item) && taken.has(keyText(item.event.key))).map((each) => each.metered),
    at,
  );
  const others = items.filter((item, index) => {
    const verdict = judged[index];
    return !(verdict && "metered" in verdict && isFirst(good, item) && taken.has(keyText(item.event.key)));
  });
  const known = keysHeld
    ? new Map<string, bigint>()
    : await knownKeys(
        raw,
        others.map(({ event }) => event.key),
      );
  const unposted = new Set(others);
  return items.map((item, index) => {
    if (!unposted.has(item)) return { kind: "accepted" };
    const verdict = judged[index];
    const refusal = verdict && "outcome" in verdict ? verdict.outcome : null;
    if (refusal && cameBeforeItsKey(items, index, good, taken)) return refusal;
    return earlierOutcome(item.event.key, known) ?? refusal ?? duplicate;
  });
}

/** Whether the key of a refused event was taken only by a later one of the same batch: refused ones are not remembered. */
export function cameBeforeItsKey<T extends { event: UsageEvent }>(
  items: readonly T[],
  index: number,
  first: ReadonlyMap<string, T>,
  taken: ReadonlySet<string>,
): boolean {
  const item = items[index];
  const key = item ? keyText(item.event.key) : "";
  const winner = taken.has(key) ? first.get(key) : undefined;
  return winner !== undefined && items.indexOf(winner) > index;
}

const duplicate: Outcome = { kind: "duplicate" };

/** What to say of a key that is known already: the same content again, or a conflict. */
export function earlierOutcome(key: EventKey, known: ReadonlyMap<string, bigint>): Outcome | null {
  const digest = known.get(keyText(key));
  if (digest === undefined) return null;
  return digest === key.digest
    ? duplicate
    : rejected("conflict", `id ${key.id} of source ${key.source} was sent before with other content`);
}

interface MeteredItem {
  item: BatchItem;
  metered: MeteredEvent;
}
type Judged = MeteredItem | { outcome: Outcome };

function judgeItem(
  item: BatchItem,
  context: {
    wallets: ReadonlyMap<string, LockedWallet>;
    prices: ReadonlyMap<string, PriceVersion[]>;
    signUps: ReadonlyMap<string, number>;
    at: Date;
  },
): Judged {
  const { event, account } = item;
  const nowMs = context.at.getTime();
  const wallet = context.wallets.get(account.id);
  if (!wallet) throw new Error(`Account ${account.id} has a name and no wallet`);
  if (wallet.closed) return { outcome: rejected("account_closed", "subject has closed the account") };
  const oldest = Math.min(nowMs - AGE_MAX_MS, context.signUps.get(account.id) ?? Number.POSITIVE_INFINITY);
  if (event.endedAtMs < oldest) {
    return { outcome: rejected("too_early", "time is more than 400 days back and before the account's sign-up") };
  }
  const verdict = judge(event, { prices: event.sku === null ? undefined : context.prices.get(event.sku), nowMs });
  if ("verdict" in verdict) return { outcome: { kind: "rejected", ...verdict.verdict } };
  const { key, endedAtMs, sku, quantityMilli, durationMs, resource, template, amount } = event;
  return {
    item,
    metered: {
      wallet,
      source: key.source,
      id: key.id,
      endedAtMs,
      service: verdict.service,
      sku,
      quantityMilli,
      durationMs,
      resource,
      template,
      priceGiven: amount !== null,
      charge: verdict.charge,
    },
  };
}

/** An account's charges end where its books do: what would pass that is refused before anything is posted. */
function keepWithinBooks(judged: readonly Judged[]): Judged[] {
  const totals = new Map<LockedWallet, bigint>();
  return judged.map((each) => {
    if (!("metered" in each)) return each;
    const { wallet, charge } = each.metered;
    const total = (totals.get(wallet) ?? totalOf(wallet.state.charged)) + charge;
    if (total > BOOKS_MAX) {
      const detail = `subject would be charged over ${dollarsExact(BOOKS_MAX)} in all; use another account`;
      return { outcome: rejected("too_large", detail) };
    }
    totals.set(wallet, total);
    return each;
  });
}

/** Of several items with one key the first is the event; the others are its duplicates or conflicts. */
function firstOfEachKey(items: readonly BatchItem[], judged: readonly Judged[]): Map<string, BatchItem> {
  const first = new Map<string, BatchItem>();
  items.forEach((item, index) => {
    const verdict = judged[index];
    const key = keyText(item.event.key);
    if (verdict && "metered" in verdict && !first.has(key)) first.set(key, item);
  });
  return first;
}

const isFirst = (first: ReadonlyMap<string, BatchItem>, item: BatchItem): boolean =>
  first.get(keyText(item.event.key)) === item;

function distinctAccounts(items: readonly BatchItem[]): AccountRef[] {
  return [...new Map(items.map(({ account }) => [account.id, account])).values()];
}

interface PriceRow {
  sku: string;
  service: Service;
  unit: PriceUnit;
  amount: string;
  from_ms: string;
}

async function readPrices(raw: TransactionSql, items: readonly BatchItem[]): Promise<Map<string, PriceVersion[]>> {
  return pricesOf(raw, new Set(items.flatMap(({ event }) => event.sku ?? [])));
}

/** The rate card's versions of `skus`, newest first. */
export async function pricesOf(raw: TransactionSql, skus: ReadonlySet<string>): Promise<Map<string, PriceVersion[]>> {
  const prices = new Map<string, PriceVersion[]>();
  if (skus.size === 0) return prices;
  const rows = await raw.unsafe<PriceRow[]>(
    `select sku, service, unit, amount, (extract(epoch from effective_from) * 1000)::bigint as from_ms
       from prices where sku = any($1::text[]) order by sku, effective_from desc`,
    [textArrayLiteral([...skus])],
    { prepare: true },
  );
  for (const { sku, service, unit, amount, from_ms } of rows) {
    const version = { effectiveFromMs: Number(from_ms), service, unit, amount: BigInt(amount) as Nanos };
    const versions = prices.get(sku);
    if (versions) versions.push(version);
    else prices.set(sku, [version]);
  }
  return prices;
}

/** Sign-up instants, read only for accounts with events old enough for them to matter. */
async function readOldSignUps(
  raw: TransactionSql,
  items: readonly BatchItem[],
  at: Date,
): Promise<Map<string, number>> {
  const limit = at.getTime() - AGE_MAX_MS;
  const old = distinctAccounts(items.filter(({ event }) => event.endedAtMs < limit));
  if (old.length === 0) return new Map();
  const rows = await raw.unsafe<{ id: string; signed_up_ms: string }[]>(
    `select a.id, (extract(epoch from a.signed_up_at) * 1000)::bigint as signed_up_ms
       from accounts a join unnest($1::smallint[], $2::uuid[]) as u (lane, id) on a.lane = u.lane and a.id = u.id`,
    [`{${old.map(({ lane }) => lane).join(",")}}`, `{${old.map(({ id }) => id).join(",")}}`],
    { prepare: true },
  );
  return new Map(rows.map(({ id, signed_up_ms }) => [id, Number(signed_up_ms)]));
}

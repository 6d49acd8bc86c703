import type { TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import { keyText, knownKeys, takeKeys } from "@/lib/ledger/event-keys";
import { type MeteredEvent, postUsage } from "@/lib/ledger/post-usage";
import { textArrayLiteral } from "@/lib/ledger/sql-arrays";
import { type TermsBook, termsBook } from "@/lib/ledger/terms-book";
import { type AccountRef, type LockedWallet, lockWallets } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import { BOOKS_MAX, type Nanos } from "@/lib/money/nanos";
import { type Service, totalOf } from "@/lib/programs/account";
import type { PriceUnit } from "@/lib/programs/pricing";
import { cameBeforeItsKey, earlierOutcome } from "./earlier-outcome";
import { type AnyEvent, isVoid, type Outcome, rejected, type UsageEvent, type VoidEvent } from "./event";
import { AGE_MAX_MS, judge, type PriceVersion } from "./judge";
import { anyVoidWaits, applyWaiting, voidEvent } from "./void-event";

export interface BatchItem {
  event: AnyEvent;
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
 * each event judged, keys taken so that what was there before falls out, the rest posted as one set. Voids, which are
 * rare, are taken one by one at their place between the sets.
 * @returns one outcome for each item, in order.
 */
export async function postBatch(
  raw: TransactionSql,
  items: readonly BatchItem[],
  { db, at, keysHeld = false }: BatchOptions,
): Promise<Outcome[]> {
  const book = termsBook(db);
  const usage = items.filter(isUsage);
  const [wallets, prices, voidsWait] = await Promise.all([
    lockWallets(raw, book, distinctAccounts(items)),
    readPrices(raw, usage),
    anyVoidWaits(raw),
  ]);
  const signUps = await readOldSignUps(raw, usage, at);
  const scope = { book, wallets, prices, signUps, at, keysHeld, voidsWait };
  const outcomes: Outcome[] = [];
  for (const run of runsOf(items)) {
    if (run.void) {
      const wallet = walletOf(wallets, run.void.account);
      outcomes.push(await voidEvent(raw, run.void.event, { book, wallet, at, keyHeld: keysHeld }));
    } else {
      outcomes.push(...(await postRun(raw, run.usage, scope)));
    }
  }
  return outcomes;
}

type UsageItem = BatchItem & { event: UsageEvent };
type VoidItem = BatchItem & { event: VoidEvent };
const isUsage = (item: BatchItem): item is UsageItem => !isVoid(item.event);
const isVoidItem = (item: BatchItem): item is VoidItem => isVoid(item.event);

/** The items in order, usage in sets as large as they come, each void alone. */
function runsOf(items: readonly BatchItem[]): ({ usage: UsageItem[]; void?: never } | { void: VoidItem })[] {
  const runs: ({ usage: UsageItem[]; void?: never } | { void: VoidItem })[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (isVoidItem(item)) runs.push({ void: item });
    else if (isUsage(item) && last && !last.void) last.usage.push(item);
    else if (isUsage(item)) runs.push({ usage: [item] });
  }
  return runs;
}

interface BatchScope {
  book: TermsBook;
  wallets: ReadonlyMap<string, LockedWallet>;
  prices: ReadonlyMap<string, PriceVersion[]>;
  signUps: ReadonlyMap<string, number>;
  at: Date;
  keysHeld: boolean;
  voidsWait: boolean;
}

async function postRun(raw: TransactionSql, items: readonly UsageItem[], scope: BatchScope): Promise<Outcome[]> {
  const { book, at, keysHeld } = scope;
  const judged = keepWithinBooks(items.map((item) => judgeItem(item, scope)));
  const first = firstOfEachKey(judged);
  const candidates = [...first.values()].flatMap((index) => items[index]?.event.key ?? []);
  const taken = keysHeld ? new Set(first.keys()) : await takeKeys(raw, candidates);
  const isPosted = (index: number): boolean => {
    const key = judged[index]?.key ?? "";
    return first.get(key) === index && taken.has(key);
  };
  const posted = judged.flatMap((each, index) => ("metered" in each && isPosted(index) ? each.metered : []));
  await postUsage(raw, book, posted, at);
  if (scope.voidsWait) await applyWaiting(raw, book, posted, at);
  const others = items.flatMap(({ event }, index) => (isPosted(index) ? [] : event.key));
  const known = keysHeld ? new Map<string, bigint>() : await knownKeys(raw, others);
  return items.map(({ event }, index) => {
    if (isPosted(index)) return { kind: "accepted" };
    const each = judged[index];
    const refusal = each && "outcome" in each ? each.outcome : null;
    if (refusal && cameBeforeItsKey(keyText(event.key), index, { first, taken })) return refusal;
    return earlierOutcome(event.key, known) ?? refusal ?? { kind: "duplicate" };
  });
}

function walletOf(wallets: ReadonlyMap<string, LockedWallet>, account: AccountRef): LockedWallet {
  const wallet = wallets.get(account.id);
  if (!wallet) throw new Error(`Account ${account.id} has a name and no wallet`);
  return wallet;
}

type Judged = { key: string } & ({ metered: MeteredEvent } | { outcome: Outcome });

function judgeItem(item: UsageItem, context: BatchScope): Judged {
  const { event, account } = item;
  const key = keyText(event.key);
  const nowMs = context.at.getTime();
  const wallet = walletOf(context.wallets, account);
  if (wallet.closed) return { key, outcome: rejected("account_closed", "subject has closed the account") };
  const oldest = Math.min(nowMs - AGE_MAX_MS, context.signUps.get(account.id) ?? Number.POSITIVE_INFINITY);
  if (event.endedAtMs < oldest) {
    return { key, outcome: rejected("too_early", "time is more than 400 days back and before the account's sign-up") };
  }
  const verdict = judge(event, { prices: event.sku === null ? undefined : context.prices.get(event.sku), nowMs });
  if ("verdict" in verdict) return { key, outcome: { kind: "rejected", ...verdict.verdict } };
  const { endedAtMs, sku, quantityMilli, durationMs, resource, template, amount } = event;
  return {
    key,
    metered: {
      wallet,
      source: event.key.source,
      id: event.key.id,
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
      return { key: each.key, outcome: rejected("too_large", detail) };
    }
    totals.set(wallet, total);
    return each;
  });
}

/** Of several items with one key the first that may be posted is the event, by its place; the others repeat it. */
function firstOfEachKey(judged: readonly Judged[]): Map<string, number> {
  const first = new Map<string, number>();
  judged.forEach((each, index) => {
    if ("metered" in each && !first.has(each.key)) first.set(each.key, index);
  });
  return first;
}

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

async function readPrices(raw: TransactionSql, items: readonly UsageItem[]): Promise<Map<string, PriceVersion[]>> {
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

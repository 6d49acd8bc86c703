import type { TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import { type EventKey, knownKeys, takeKeys } from "@/lib/ledger/event-keys";
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
import { anyVoidWaits, applyWaiting, voidEvent, waitingFor } from "./void-event";

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
      const outcome = await voidEvent(raw, run.void.event, { book, wallet, at, keyHeld: keysHeld });
      if (outcome.kind === "quarantined") scope.voidsWait = true;
      outcomes.push(outcome);
    } else {
      const parts = scope.voidsWait ? await partsBeforeVoids(raw, run.usage) : [run.usage];
      for (const part of parts) outcomes.push(...(await postRun(raw, part, scope)));
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

/** Each part ends with an event that a void waits for: it is taken back before the next one is judged. */
async function partsBeforeVoids(raw: TransactionSql, items: readonly UsageItem[]): Promise<UsageItem[][]> {
  const voided = await waitingFor(
    raw,
    items.map(({ event }) => event.key),
  );
  const parts: UsageItem[][] = [[]];
  for (const item of items) {
    parts.at(-1)?.push(item);
    if (voided.has(item.event.key.text)) parts.push([]);
  }
  return parts.filter(({ length }) => length > 0);
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
  const judged = judgeAll(items, scope);
  const first = firstOfEachKey(judged);
  const taken = keysHeld ? new Set(first.keys()) : await takeKeys(raw, keysOf(judged, first));
  const posted: MeteredEvent[] = [];
  const others: EventKey[] = [];
  const isPosted = judged.map(({ event, metered }, index) => {
    const { key } = event;
    const isOwner = metered !== null && first.get(key.text) === index && taken.has(key.text);
    if (isOwner) posted.push(metered);
    else others.push(key);
    return isOwner;
  });
  await postUsage(raw, book, posted, at);
  if (scope.voidsWait) await applyWaiting(raw, book, posted, at);
  const known = keysHeld ? new Map<string, bigint>() : await knownKeys(raw, others);
  return judged.map(({ event, refusal }, index) => {
    if (isPosted[index]) return ACCEPTED;
    if (refusal && cameBeforeItsKey(event.key.text, index, { first, taken })) return refusal;
    return earlierOutcome(event.key, known) ?? refusal ?? { kind: "duplicate" };
  });
}

const ACCEPTED: Outcome = { kind: "accepted" };

function walletOf(wallets: ReadonlyMap<string, LockedWallet>, account: AccountRef): LockedWallet {
  const wallet = wallets.get(account.id);
  if (!wallet) throw new Error(`Account ${account.id} has a name and no wallet`);
  return wallet;
}

interface Judged {
  event: UsageEvent;
  /** Null where it is refused. */
  metered: MeteredEvent | null;
  refusal: Outcome | null;
}

/**
 * Judges each event. An account's charges end where its books do: what would pass that is refused before anything is
 * posted.
 */
function judgeAll(items: readonly UsageItem[], scope: BatchScope): Judged[] {
  const totals = new Map<LockedWallet, bigint>();
  return items.map(({ event, account }): Judged => {
    const wallet = walletOf(scope.wallets, account);
    const verdict = judgeEvent(event, wallet, scope);
    if ("kind" in verdict) return { event, metered: null, refusal: verdict };
    const { service, charge } = verdict;
    const total = (totals.get(wallet) ?? totalOf(wallet.state.charged)) + charge;
    if (total > BOOKS_MAX) {
      const detail = `subject would be charged over ${dollarsExact(BOOKS_MAX)} in all; use another account`;
      return { event, metered: null, refusal: rejected("too_large", detail) };
    }
    totals.set(wallet, total);
    return { event, metered: { wallet, sent: event, service, charge }, refusal: null };
  });
}

function judgeEvent(
  event: UsageEvent,
  wallet: LockedWallet,
  { at, signUps, prices }: BatchScope,
): { service: Service; charge: Nanos } | Outcome {
  const nowMs = at.getTime();
  if (wallet.closed) return rejected("account_closed", "subject has closed the account");
  const oldest = Math.min(nowMs - AGE_MAX_MS, signUps.get(wallet.account.id) ?? Number.POSITIVE_INFINITY);
  if (event.endedAtMs < oldest) {
    return rejected("too_early", "time is more than 400 days back and before the account's sign-up");
  }
  const verdict = judge(event, { prices: event.sku === null ? undefined : prices.get(event.sku), nowMs });
  return "verdict" in verdict ? { kind: "rejected", ...verdict.verdict } : verdict;
}

/** Of several items with one key the first that may be posted is the event, by its place; the others repeat it. */
function firstOfEachKey(judged: readonly Judged[]): Map<string, number> {
  const first = new Map<string, number>();
  judged.forEach(({ event, metered }, index) => {
    if (metered && !first.has(event.key.text)) first.set(event.key.text, index);
  });
  return first;
}

const keysOf = (judged: readonly Judged[], first: ReadonlyMap<string, number>): EventKey[] =>
  [...first.values()].flatMap((index) => judged[index]?.event.key ?? []);

function distinctAccounts(items: readonly BatchItem[]): AccountRef[] {
  const accounts = new Map<string, AccountRef>();
  for (const { account } of items) accounts.set(account.id, account);
  return [...accounts.values()];
}

interface PriceRow {
  sku: string;
  service: Service;
  unit: PriceUnit;
  amount: string;
  from_ms: string;
}

async function readPrices(raw: TransactionSql, items: readonly UsageItem[]): Promise<Map<string, PriceVersion[]>> {
  const skus = new Set<string>();
  for (const { event } of items) if (event.sku !== null) skus.add(event.sku);
  return pricesOf(raw, skus);
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

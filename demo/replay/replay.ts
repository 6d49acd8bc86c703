import { setTimeout as pause } from "node:timers/promises";
import type { MachineApi } from "@/demo/machine-api/client";
import { inParallel } from "@/demo/machine-api/parallel";
import type { Account } from "@/demo/machine-api/shapes";
import { type Plan, planOf, suffixFor } from "./plan";
import { type Totals, totalsOf } from "./totals";
import type { Trace } from "./trace";

export const phases = ["accounts", "deposits", "events", "sweep", "draws"] as const;
export type Phase = (typeof phases)[number];

export interface ReplayOptions {
  priceFactor?: bigint;
  /** Told as it goes: how much of a phase is done. */
  onProgress?: (phase: Phase, done: number, all: number) => void;
}

export interface Replayed extends Totals {
  /** What this run made; all zero when another had made everything before. */
  made: { accounts: number; deposits: number; events: number };
  /** Milliseconds of each phase. */
  tookMs: Record<Phase, number>;
}

const BATCH = 1_000;
/** Requests under way at once where their order does not matter. */
const TOGETHER = 8;
const DRAWS_MS_MAX = 20_000;
const DRAWS_EVERY_MS = 500;

/**
 * Plays a trace through the public API: price, accounts, deposits, templates, then the events in file order, and a
 * sweep; waits until the bonuses it made due are drawn. Everything is keyed, so doing it again changes nothing.
 * @throws Error when the API refuses any part of it.
 */
export async function replay(
  api: MachineApi,
  trace: Trace,
  { priceFactor = 1n, onProgress = () => {} }: ReplayOptions = {},
): Promise<Replayed> {
  const tookMs = { accounts: 0, deposits: 0, events: 0, sweep: 0, draws: 0 };
  const timed = async <T>(phase: Phase, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      tookMs[phase] += performance.now() - began;
    }
  };
  const plan = await timed("accounts", async () => {
    const rateCard = await api.prices();
    const suffix = suffixFor(trace, priceFactor, rateCard);
    const planned = planOf(trace, { priceFactor, suffix });
    if (!rateCard.some(({ sku }) => sku === planned.price.sku)) await api.setPrice(planned.price);
    return planned;
  });
  const accounts = await timed("accounts", () => openAccounts(api, plan, onProgress));
  const deposits = await timed("deposits", () => payIn(api, plan, onProgress));
  const events = await timed("events", () => sendEvents(api, plan, onProgress));
  await timed("sweep", () => api.sweep());
  onProgress("sweep", 1, 1);
  const before = await accountsOf(api, plan);
  const bonuses = await timed("draws", () => awaitDraws(api, before, onProgress));
  const after = await accountsOf(api, plan);
  return { ...totalsOf(plan, after, bonuses), made: { accounts, deposits, events }, tookMs };
}

type Report = NonNullable<ReplayOptions["onProgress"]>;

/** Referrers first: a referred customer signs up with their code. @returns how many accounts are new. */
async function openAccounts(api: MachineApi, plan: Plan, report: Report): Promise<number> {
  const { customers, publishing } = plan;
  let made = 0;
  let opened = 0;
  const codes = new Map<number, string>();
  const open = async (index: number): Promise<void> => {
    const customer = customers[index];
    if (!customer) return;
    const referralCode = customer.referrer === null ? undefined : codes.get(customer.referrer);
    const { value, isNew } = await api.openAccount({
      ...customer.account,
      ...(referralCode === undefined ? {} : { referralCode }),
    });
    codes.set(index, value.referralCode);
    if (isNew) made += 1;
    opened += 1;
    report("accounts", opened, customers.length);
  };
  const places = [...customers.keys()];
  await inParallel(
    places.filter((place) => customers[place]?.referrer === null),
    TOGETHER,
    open,
  );
  await inParallel(
    places.filter((place) => customers[place]?.referrer !== null),
    TOGETHER,
    open,
  );
  if (publishing) {
    const { isNew } = await api.openAccount(publishing.creator);
    if (isNew) made += 1;
    await inParallel(publishing.templates, TOGETHER, (template) => api.registerTemplate(template));
  }
  return made;
}

/** @returns how many deposits are new. */
async function payIn(api: MachineApi, { customers }: Plan, report: Report): Promise<number> {
  let paid = 0;
  const results = await inParallel(customers, TOGETHER, async ({ account, deposit }) => {
    const made = deposit ? await api.deposit(account.externalId, deposit) : { isNew: false };
    paid += 1;
    report("deposits", paid, customers.length);
    return made;
  });
  return results.filter(({ isNew }) => isNew).length;
}

/** One batch after the other: only so is each account's order that of the file. @returns how many events are new. */
async function sendEvents(api: MachineApi, { events }: Plan, report: Report): Promise<number> {
  let accepted = 0;
  for (let start = 0; start < events.length; start += BATCH) {
    const batch = events.slice(start, start + BATCH);
    const answer = await api.sendEvents(batch);
    const [refused] = answer.rejected;
    if (refused) {
      throw new Error(`${answer.rejected.length} events were refused, first ${refused.id}: ${refused.detail}`);
    }
    if (answer.quarantined > 0) throw new Error(`${answer.quarantined} events wait for accounts that were just made.`);
    accepted += answer.accepted;
    report("events", start + batch.length, events.length);
  }
  return accepted;
}

/** The accounts of this replay, as they stand. */
async function accountsOf(api: MachineApi, { customers, publishing }: Plan): Promise<Account[]> {
  const own = new Set(customers.map(({ account }) => account.externalId));
  if (publishing) own.add(publishing.creator.externalId);
  return (await api.accounts()).filter(({ externalId }) => own.has(externalId));
}

/** Sweeps until every bonus that is due has been drawn, waits for a budget, or the deadline passes. @returns the amounts. */
async function awaitDraws(api: MachineApi, accounts: readonly Account[], report: Report): Promise<string[]> {
  const ids = accounts.flatMap(({ bonus, earnings }) => [
    ...(bonus.state === "locked" || bonus.state === "not_eligible" ? [] : [bonus.drawId]),
    ...earnings.referralBonuses.draws,
  ]);
  const deadline = performance.now() + DRAWS_MS_MAX;
  const amounts: string[] = [];
  let open = ids;
  for (;;) {
    const draws = await inParallel(open, TOGETHER, (id) => api.draw(id));
    open = draws.flatMap(({ drawId, state }) => (state === "due" || state === "bound" ? drawId : []));
    amounts.push(...draws.flatMap(({ amount }) => amount ?? []));
    report("draws", ids.length - open.length, ids.length);
    if (open.length === 0 || performance.now() > deadline) return amounts;
    await pause(DRAWS_EVERY_MS);
    await api.sweep();
  }
}

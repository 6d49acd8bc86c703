import { type Accrual, accrue } from "@/lib/money/accrual";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import {
  type AccountPins,
  type AccountState,
  type ByService,
  type CommissionPin,
  nothingByService,
  type Reward,
  type Service,
  type TemplatePin,
} from "./account";
import { oneSince } from "./clusters";

/** Whole days since 1970-01-01 UTC. */
export type DayNumber = number;

const MS_PER_DAY = 86_400_000;
export const dayOf = (ms: number): DayNumber => Math.floor(ms / MS_PER_DAY);

/** The texts of the days met last: the flood is of a few days. */
const dayTexts = new Map<DayNumber, string>();
const DAY_TEXTS_MAX = 1_000;

/** YYYY-MM-DD */
export function dayText(day: DayNumber): string {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  if (dayTexts.size >= DAY_TEXTS_MAX) dayTexts.clear();
  dayTexts.set(day, text);
  return text;
}

export interface TemplateEffects {
  pin: TemplatePin;
  /** Whether somebody other than the creator ran it. */
  usedByOthers: boolean;
  days: Map<DayNumber, { runtimeMs: bigint; spend: Nanos }>;
}

/** Charges of one day, and how many events made them. */
export interface DayTotals {
  events: number;
  charged: ByService;
}

/** What postings do beyond the account's own balances. Gathered over a batch; every number is a sum. */
export interface Effects {
  /** Accrued for the account's referrer, 1e-13 dollars. */
  commission: Accrual;
  templates: Map<string, TemplateEffects>;
  /** The account's charges, on the day each event's interval ended. */
  days: Map<DayNumber, DayTotals>;
  /** Whether the trigger of the account's bonus was reached for the first time. */
  bonusDue: boolean;
  /** Whether a trigger was passed, either way, so that what the referrer gets by it has to be looked at. */
  standingChanged: boolean;
  /** What the account's own rewards did in answer: posted or taken back, each at its place in the sequence. */
  rewardMoves: RewardMove[];
  /** Credit that a void returned and that settled debt at once. */
  settlements: Settlement[];
}

/** A reward is posted, settling debt first, or taken back: from its bucket down to zero, the rest becomes debt. */
export interface RewardMove {
  seq: bigint;
  reward: Reward;
  isGiven: boolean;
  /** Counts the moves of this reward. */
  number: number;
  /** To or from its bucket. */
  credit: Nanos;
  debt: Nanos;
}

/** Promotional credit settles debt: what of it came from which bucket. */
export interface Settlement {
  seq: bigint;
  promo: Nanos;
  earned: Nanos;
}

export const noEffects = (): Effects => ({
  commission: 0n as Accrual,
  templates: new Map(),
  days: new Map(),
  bonusDue: false,
  standingChanged: false,
  rewardMoves: [],
  settlements: [],
});

/** The part of an event that carries paid spend: whose rates and which window judge it. */
export interface Stretch {
  service: Service;
  endedAtMs: number;
  template: TemplatePin | null;
}

/**
 * Money has come to cover `amount` of a stretch of the account's line, or, below zero, covers it no longer: paid spend,
 * commission and royalty follow, with the service, template and window of the event. The one place where that happens,
 * whether usage was covered at once, a deposit settled it later, or money was taken back.
 */
export function coverStretch(
  state: AccountState,
  pins: AccountPins,
  stretch: Stretch,
  amount: Nanos,
  effects: Effects,
): void {
  if (amount === 0n) return;
  const { service } = stretch;
  state.spent[service] = (state.spent[service] + amount) as Nanos;
  if (pins.commission?.provenance === "paid") earnCommission(state, pins.commission, stretch, amount, effects);
  coverRoyalty(effects, pins, stretch, amount);
}

/**
 * A whole charge, whichever credit pays for it: where terms ask for no money, it earns at once and for good, unless the
 * event is taken back.
 * @param charge below zero when it is
 */
export function chargeStretch(
  state: AccountState,
  pins: AccountPins,
  stretch: Stretch,
  charge: Nanos,
  effects: Effects,
): void {
  if (pins.commission?.provenance === "any") earnCommission(state, pins.commission, stretch, charge, effects);
  chargeRoyalty(effects, pins, stretch, charge);
}

function earnCommission(
  state: AccountState,
  commission: CommissionPin,
  { service, endedAtMs }: Stretch,
  amount: Nanos,
  effects: Effects,
): void {
  if (commission.windowEndMs === null || endedAtMs < commission.windowEndMs) {
    state.base[service] = (state.base[service] + amount) as Nanos;
    effects.commission = (effects.commission + accrue(amount, commission.rates[service])) as Accrual;
  }
}

/** The creator's own use, or, once both are in one confirmed cluster, that of another account of the same person. */
function isOwnUse({ accountId, clusters }: AccountPins, template: TemplatePin, endedAtMs: number): boolean {
  if (template.creatorId === accountId) return true;
  if (!clusters || !template.creatorClusters) return false;
  const since = oneSince(clusters, template.creatorClusters);
  return since !== null && endedAtMs >= since;
}

/** The royalty on what money has come to cover of a stretch, where the template's terms ask for money. */
export function coverRoyalty(effects: Effects, pins: AccountPins, stretch: Stretch, amount: Nanos): void {
  if (stretch.template?.provenance === "paid") earnRoyalty(effects, pins, stretch, amount);
}

/** The royalty on a whole charge, where they do not. */
export function chargeRoyalty(effects: Effects, pins: AccountPins, stretch: Stretch, charge: Nanos): void {
  if (stretch.template?.provenance === "any") earnRoyalty(effects, pins, stretch, charge);
}

/** Others' spend on pods is what a template's creator earns on; a creator's own use earns nothing. */
function earnRoyalty(effects: Effects, pins: AccountPins, stretch: Stretch, amount: Nanos): void {
  const { template, service, endedAtMs } = stretch;
  if (amount === 0n || !template || service !== "pod" || isOwnUse(pins, template, endedAtMs)) return;
  const day = templateDay(effects, template, endedAtMs);
  day.spend = (day.spend + amount) as Nanos;
}

function templateEffects(effects: Effects, pin: TemplatePin): TemplateEffects {
  let found = effects.templates.get(pin.template);
  if (!found) {
    found = { pin, usedByOthers: false, days: new Map() };
    effects.templates.set(pin.template, found);
  }
  return found;
}

function templateDay(effects: Effects, pin: TemplatePin, endedAtMs: number): { runtimeMs: bigint; spend: Nanos } {
  const { days } = templateEffects(effects, pin);
  const number = dayOf(endedAtMs);
  let day = days.get(number);
  if (!day) {
    day = { runtimeMs: 0n, spend: ZERO };
    days.set(number, day);
  }
  return day;
}

/**
 * Runtime counts once whatever the quantity, everybody's, the creator's own included; only pods.
 * @param durationMs below zero when an event is taken back
 */
export function countRuntime(effects: Effects, pins: AccountPins, stretch: Stretch, durationMs: bigint): void {
  const { template, service, endedAtMs } = stretch;
  if (!template || service !== "pod") return;
  const day = templateDay(effects, template, endedAtMs);
  day.runtimeMs += durationMs;
  if (!isOwnUse(pins, template, endedAtMs)) templateEffects(effects, template).usedByOthers = true;
}

/** The charge of an event, or of one taken back, goes on the day its interval ended. */
export function countCharge(effects: Effects, stretch: Stretch, charge: Nanos, events: 1 | -1): void {
  const number = dayOf(stretch.endedAtMs);
  let day = effects.days.get(number);
  if (!day) {
    day = { events: 0, charged: nothingByService() };
    effects.days.set(number, day);
  }
  day.events += events;
  day.charged[stretch.service] = (day.charged[stretch.service] + charge) as Nanos;
}

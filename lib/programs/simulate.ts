import { accrue, type BasisPoints, floorToNanos } from "@/lib/money/accrual";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import {
  type AccountPins,
  type AccountState,
  type CommissionPin,
  nothingByService,
  type Service,
  type Trigger,
} from "./account";
import { addCalendarMonths } from "./calendar";
import { noEffects } from "./effects";
import { applyMoney } from "./line";
import { chargeFor } from "./pricing";
import { applyUsage } from "./usage";

/** What somebody is thought to spend, and the terms it is judged by. */
export interface ReferralPlan {
  bonusTrigger: Trigger | null;
  commission: Omit<CommissionPin, "windowEndMs">;
  /** Sign-up. */
  from: Date;
  /** Calendar months that are looked at, which the commission's window covers. */
  months: number;
  /** Paid in and used up each month. */
  monthly: Readonly<Partial<Record<Service, Nanos>>>;
}

export interface ReferralForecast {
  spent: Nanos;
  commission: Nanos;
  /** The month, counted from 1, in which both bonuses become due; null when they do not. */
  bonusMonth: number | null;
}

/**
 * Runs months of a referred customer through the rules that run on real usage: pays in what the month takes, uses it
 * in the month's last millisecond, and reads what the referrer accrued.
 */
export function simulateReferral({ bonusTrigger, commission, from, months, monthly }: ReferralPlan): ReferralForecast {
  const windowEndMs = addCalendarMonths(from, months).getTime();
  const account: AccountPins = {
    accountId: "referred",
    bonusTrigger,
    milestoneTrigger: null,
    commission: { ...commission, windowEndMs },
  };
  const state = freshState();
  const effects = noEffects();
  let bonusMonth: number | null = null;
  let spent = 0n;
  for (let month = 1; month <= months; month += 1) {
    const endedAtMs = addCalendarMonths(from, month).getTime() - 1;
    for (const service of ["pod", "serverless", "storage"] as const) {
      const charge = monthly[service] ?? ZERO;
      state.paidNet = (state.paidNet + charge) as Nanos;
      applyMoney(state, account, charge, [], effects);
      applyUsage(state, account, { service, endedAtMs, template: null, charge, durationMs: 0n }, effects);
      spent += charge;
    }
    if (bonusMonth === null && state.bonusReached) bonusMonth = month;
  }
  return { spent: spent as Nanos, commission: floorToNanos(effects.commission), bonusMonth };
}

export interface TemplatePlan {
  /** Who run it at once, other than its creator. */
  users: bigint;
  /** Each, of one GPU. */
  durationMs: bigint;
  /** Of a GPU for an hour. */
  price: Nanos;
  royalty: BasisPoints;
}

/** What people spend on a template and its creator earns of it; null when no event could be charged as much. */
export function simulateTemplate({ users, durationMs, price, royalty }: TemplatePlan) {
  const spend = chargeFor({ price, unit: "hour", durationMs, quantityMilli: users * 1_000n });
  return spend === null
    ? null
    : { spend, royalty: floorToNanos(accrue(spend, royalty)), runtimeMs: users * durationMs };
}

const freshState = (): AccountState => ({
  seq: 0n,
  promo: ZERO,
  promoHeld: ZERO,
  earned: ZERO,
  market: ZERO,
  paidNet: ZERO,
  charged: nothingByService(),
  spent: nothingByService(),
  base: nothingByService(),
  debt: ZERO,
  bonusReached: false,
  bonus: null,
  milestone: null,
});

import type { BasisPoints } from "@/lib/money/accrual";
import { type Nanos, ZERO } from "@/lib/money/nanos";

export const services = ["pod", "serverless", "storage"] as const;
export type Service = (typeof services)[number];

export type ByService = Record<Service, Nanos>;

export const nothingByService = (): ByService => ({ pod: ZERO, serverless: ZERO, storage: ZERO });

/** The credit of one account. `paidNet` below zero is arrears: usage not yet paid for. */
export interface Buckets {
  promo: Nanos;
  earned: Nanos;
  market: Nanos;
  paidNet: Nanos;
}

/** What the rules know about an account before an event, and leave behind after it. */
export interface AccountState extends Buckets {
  /** Number of the last posting. */
  seq: bigint;
  /** Charges, lifetime. */
  charged: ByService;
  /** Paid spend, lifetime. */
  spent: ByService;
  /** Paid spend inside the commission window. */
  base: ByService;
  /** Whether paid spend ever reached the bonus trigger. */
  bonusReached: boolean;
}

/** The terms an account is pinned to, as far as its usage is concerned. */
export interface AccountPins {
  accountId: string;
  /** Paid spend at which the account's bonus is due; null where there is none to come. */
  bonusTrigger: Nanos | null;
  /** Null where nobody earns commission on this account. */
  commission: CommissionPin | null;
}

export interface CommissionPin {
  /** Milliseconds since 1970; usage that ended at or after it earns nothing. Null for a lifetime. */
  windowEndMs: number | null;
  rates: Record<Service, BasisPoints>;
}

/** A registered template, as far as usage on it is concerned. */
export interface TemplatePin {
  /** The platform's name for it. */
  template: string;
  creatorId: string;
  /** Of others' paid spend on pods. */
  rate: BasisPoints;
}

export const arrearsOf = (paidNet: Nanos): Nanos => (paidNet < 0n ? (-paidNet as Nanos) : ZERO);

export const paidOf = (paidNet: Nanos): Nanos => (paidNet > 0n ? paidNet : ZERO);

export const totalOf = (amounts: ByService): Nanos => (amounts.pod + amounts.serverless + amounts.storage) as Nanos;

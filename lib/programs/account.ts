import type { BasisPoints } from "@/lib/money/accrual";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import type { Membership } from "./clusters";

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

/** A reward whose amount is known: posted while the paid spend behind it stands, taken back while it does not. */
export interface Reward {
  id: string;
  amount: Nanos;
  bucket: "promo" | "earned";
  posted: boolean;
  /** How often it was posted or taken back: part of the cause of each. */
  times: number;
  /** Posted, it is visible and not spendable: until it was released. */
  held: boolean;
  /** What of it expired unspent: gone for good. */
  expired: Nanos;
}

/** What the rules know about an account before an event, and leave behind after it. */
export interface AccountState extends Buckets {
  /** Number of the last posting. */
  seq: bigint;
  /** Charges, lifetime. */
  charged: ByService;
  /** Paid spend, lifetime. */
  spent: ByService;
  /** What commission is the rates of: paid spend inside the window, or, by terms of any provenance, charges. */
  base: ByService;
  /** Rewards that are posted and not released. No usage draws from it. */
  promoHeld: Nanos;
  /** Promotional credit taken back after it was spent. */
  debt: Nanos;
  /** Whether the bonus trigger was ever reached. */
  bonusReached: boolean;
  /** The account's new-account bonus; null until it is drawn. */
  bonus: Reward | null;
  /** The account's own milestone; null where its terms have none. */
  milestone: Reward | null;
}

/** The terms an account is pinned to, as far as its usage is concerned. */
export interface AccountPins {
  accountId: string;
  /** What makes the account's bonus due; null where there is none to come. */
  bonusTrigger: Trigger | null;
  /** What makes the milestone stand; null where there is none. */
  milestoneTrigger: Trigger | null;
  /** Whether its pair is in review or was refused: no bonus or milestone is posted then. Null where it is not. */
  hold?: PairHold | null;
  /** Null where nobody earns commission on this account. */
  commission: CommissionPin | null;
  /** Absent where it is in no confirmed cluster. */
  clusters?: readonly Membership[] | undefined;
}

/** What an operator says, or is yet to say, of an account and its referrer, who look like one person. */
export type PairHold = "held" | "refused";

/** `spend`: an amount of paid spend, of one service or of all. `load`: of deposits that stand, spent or not. */
export type Trigger =
  | { readonly kind: "spend"; readonly amount: Nanos; readonly service: Service | null }
  | { readonly kind: "load"; readonly amount: Nanos };

export interface CommissionPin {
  /** Milliseconds since 1970; usage that ended at or after it earns nothing. Null for a lifetime. */
  windowEndMs: number | null;
  rates: Record<Service, BasisPoints>;
  provenance: Provenance;
}

/** What earns: the part of usage that money has paid for, or all of it, whichever credit pays. */
export type Provenance = "paid" | "any";

/** A registered template, as far as usage on it is concerned. */
export interface TemplatePin {
  /** The platform's name for it. */
  template: string;
  creatorId: string;
  /** Absent where the creator is in no confirmed cluster. */
  creatorClusters?: readonly Membership[] | undefined;
  /** Of others' spend on pods. */
  rate: BasisPoints;
  provenance: Provenance;
}

export const arrearsOf = (paidNet: Nanos): Nanos => (paidNet < 0n ? (-paidNet as Nanos) : ZERO);

export const paidOf = (paidNet: Nanos): Nanos => (paidNet > 0n ? paidNet : ZERO);

/** Deposits that stand: what of them was spent, and what is left. Neither usage nor its taking back changes it. */
export const loadedOf = ({ spent, paidNet }: Pick<AccountState, "spent" | "paidNet">): Nanos =>
  (totalOf(spent) + paidOf(paidNet)) as Nanos;

export const totalOf = (amounts: ByService): Nanos => (amounts.pod + amounts.serverless + amounts.storage) as Nanos;

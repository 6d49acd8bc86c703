import type { ModelSignUp, ModelUsage } from "./history";
import type { DrawnFrom, ModelLot } from "./lots";
import { type CommissionProgram, normalised } from "./rules";

export interface PostedUsage extends ModelUsage {
  postedAtMs: number;
  promo: bigint;
  earned: bigint;
  paid: bigint;
  /** The lots that paid. */
  drawn: DrawnFrom[];
  voided: boolean;
  /** Whether it was taken back before its template was known, and so never counted for it. */
  neverJoined: boolean;
}

export interface ModelAccount extends ModelSignUp {
  notEligible: "not_new" | "imported" | null;
  /** Whether the pair earns its referrer anything. */
  pairStands: boolean;
  program: CommissionProgram;
  usage: PostedUsage[];
  promo: bigint;
  earned: bigint;
  /** What promo and earned are made of, oldest first. */
  lots: ModelLot[];
  /** Rewards that are posted and not released. */
  promoHeld: bigint;
  /** Money less what was drawn from it; below zero is arrears. */
  paidNet: bigint;
  debt: bigint;
  deposited: bigint;
  /** Whether its paid spend ever stood at the trigger of its bonus: then its draws are due, for ever. */
  bonusReached: boolean;
}

export type ModelAccounts = ReadonlyMap<string, ModelAccount>;

/** @throws Error when there is none */
export function accountOf(accounts: ModelAccounts, name: string): ModelAccount {
  const found = accounts.get(name);
  if (!found) throw new Error(`The model has no account ${name}`);
  return found;
}

/** An account as it begins, beside those that are there. */
export function newAccount(accounts: ModelAccounts, signUp: ModelSignUp): ModelAccount {
  const { email, newAccount, referrer } = signUp;
  const known = [...accounts.values()].flatMap((other) => (other.email === null ? [] : normalised(other.email)));
  const isNew = email === null || !known.includes(normalised(email));
  const referrerEmail = referrer === null ? null : accountOf(accounts, referrer).email;
  const isSelf = email !== null && referrerEmail !== null && normalised(email) === normalised(referrerEmail);
  return {
    ...signUp,
    notEligible: newAccount ? (isNew ? null : "not_new") : "imported",
    pairStands: referrer !== null && (isNew || !newAccount) && !isSelf,
    program: "referral",
    usage: [],
    promo: 0n,
    earned: 0n,
    lots: [],
    promoHeld: 0n,
    paidNet: 0n,
    debt: 0n,
    deposited: 0n,
    bonusReached: false,
  };
}

import type { ModelSignUp, ModelUsage } from "./history";
import type { DrawnFrom, ModelLot } from "./lots";
import { type CommissionProgram, normalised } from "./rules";
import { type ModelBonusTerms, type ModelVersions, versionOf } from "./terms";

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
  notEligible: "not_new" | "imported" | "sign_in_method" | null;
  /** Whether its mailbox was nobody's before. */
  isNew: boolean;
  /** Whether the pair earns its referrer anything. */
  pairStands: boolean;
  /** What the pair is under, and which version of it. */
  program: CommissionProgram;
  version: number;
  /** What the account's one bonus is under. */
  bonusTerms: ModelBonusTerms;
  /** When it was made among all accounts. */
  number: number;
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
  /** Deposits that were not taken back. */
  loaded: bigint;
  /** Whether the trigger of its bonus was ever reached: then its draws are due, for ever. */
  bonusReached: boolean;
}

export type ModelAccounts = ReadonlyMap<string, ModelAccount>;

/** @throws Error when there is none */
export function accountOf(accounts: ModelAccounts, name: string): ModelAccount {
  const found = accounts.get(name);
  if (!found) throw new Error(`The model has no account ${name}`);
  return found;
}

/** Why an account has no bonus: what it was before, whom it was known by, how its person signed in to make it. */
export function notEligible(
  { newAccount, signedInBy }: ModelSignUp,
  isNew: boolean,
  { signIns }: ModelBonusTerms,
): ModelAccount["notEligible"] {
  if (!newAccount) return "imported";
  if (!isNew) return "not_new";
  return signIns !== null && !signIns.some((way) => way === signedInBy) ? "sign_in_method" : null;
}

/**
 * An account as it begins, beside those that are there.
 * @param inForce the number of the terms in force, and its own
 */
export function newAccount(
  accounts: ModelAccounts,
  signUp: ModelSignUp,
  inForce: { versions: ModelVersions; version: number; number: number },
): ModelAccount {
  const { versions, version, number } = inForce;
  const { email, newAccount, referrer } = signUp;
  const known = [...accounts.values()].flatMap((other) => (other.email === null ? [] : normalised(other.email)));
  const isNew = email === null || !known.includes(normalised(email));
  const referrerEmail = referrer === null ? null : accountOf(accounts, referrer).email;
  const isSelf = email !== null && referrerEmail !== null && normalised(email) === normalised(referrerEmail);
  const pairStands = referrer !== null && (isNew || !newAccount) && !isSelf;
  const bonusTerms = versionOf(versions, pairStands ? "referral" : "signup-bonus", version);
  return {
    ...signUp,
    notEligible: notEligible(signUp, isNew, bonusTerms),
    isNew,
    pairStands,
    program: "referral",
    version,
    bonusTerms,
    number,
    usage: [],
    promo: 0n,
    earned: 0n,
    lots: [],
    promoHeld: 0n,
    paidNet: 0n,
    debt: 0n,
    deposited: 0n,
    loaded: 0n,
    bonusReached: false,
  };
}

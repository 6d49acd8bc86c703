import type { ModelAccount, ModelAccounts } from "./accounts";
import { earningSum, paidSpend } from "./line";
import { type CommissionProgram, monthsAfter, sum } from "./rules";
import { type ModelCommissionTerms, type ModelVersions, versionOf } from "./terms";

export const referredBy = (accounts: ModelAccounts, name: string): ModelAccount[] =>
  [...accounts.values()].filter(({ referrer }) => referrer === name);

const pairsUnder = (accounts: ModelAccounts, name: string, program: CommissionProgram): ModelAccount[] =>
  referredBy(accounts, name).filter((account) => account.pairStands && account.program === program);

/** The gate of the beta program, by the newest version among the referrer's pairs; null without a pair under it. */
export function betaGate(accounts: ModelAccounts, name: string, versions: ModelVersions) {
  const pairs = pairsUnder(accounts, name, "referral-beta");
  if (pairs.length === 0) return null;
  const { gate } = versionOf(versions, "referral-beta", Math.max(...pairs.map(({ version }) => version)));
  const spends = pairs.map((account) => sum(Object.values(paidSpend(account))));
  const met = spends.filter((each) => each > 0n).length >= gate.accounts && sum(spends) >= gate.spend;
  return { met, reapplyMs: gate.reapplyMs };
}

/** Commission of one referrer that is floored as one: that of a version with a limit, or of all those without. */
export interface CommissionPart {
  program: CommissionProgram;
  source: string;
  /** In 1e-13 dollars. */
  accrued: bigint;
  most: bigint | null;
}

export function commissionParts(
  accounts: ModelAccounts,
  name: string,
  program: CommissionProgram,
  versions: ModelVersions,
): CommissionPart[] {
  const parts = new Map<string, CommissionPart>();
  for (const account of pairsUnder(accounts, name, program)) {
    const terms = versionOf(versions, program, account.version);
    const source = `${program} ${name} ${terms.most === null ? "" : account.version}`;
    const part = parts.get(source) ?? { program, source, accrued: 0n, most: terms.most };
    part.accrued += commission(account, terms);
    parts.set(source, part);
  }
  return [...parts.values()];
}

/** Of one pair, in 1e-13 dollars. */
function commission(account: ModelAccount, { rates, months, provenance }: ModelCommissionTerms): bigint {
  const end = months === null ? Number.POSITIVE_INFINITY : monthsAfter(account.signedUpAtMs, months);
  return earningSum(account, provenance, (use) => (use.endedAtMs < end ? rates[use.service] : 0n));
}

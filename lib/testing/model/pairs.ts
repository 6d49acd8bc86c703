import type { ModelAccount, ModelAccounts } from "./accounts";
import { coveredSum, paidSpend } from "./line";
import { type CommissionProgram, commissionRates, type ModelTerms, sixMonthsAfter, sum } from "./rules";

export const referredBy = (accounts: ModelAccounts, name: string): ModelAccount[] =>
  [...accounts.values()].filter(({ referrer }) => referrer === name);

const pairsUnder = (accounts: ModelAccounts, name: string, program: CommissionProgram): ModelAccount[] =>
  referredBy(accounts, name).filter((account) => account.pairStands && account.program === program);

/** How far a referrer is toward the gate of the beta program; null without a pair under it. */
export function betaGateMet(
  accounts: ModelAccounts,
  name: string,
  { accounts: accountsMin, spend }: ModelTerms["betaGate"],
): boolean | null {
  const pairs = pairsUnder(accounts, name, "referral-beta");
  if (pairs.length === 0) return null;
  const spends = pairs.map((account) => sum(Object.values(paidSpend(account))));
  return spends.filter((each) => each > 0n).length >= accountsMin && sum(spends) >= spend;
}

/** In 1e-13 dollars. */
export function commission(accounts: ModelAccounts, name: string, program: CommissionProgram): bigint {
  return sum(
    pairsUnder(accounts, name, program).map((account) => {
      const end = program === "referral" ? sixMonthsAfter(account.signedUpAtMs) : Number.POSITIVE_INFINITY;
      return coveredSum(account, (use) => (use.endedAtMs < end ? commissionRates[program][use.service] : 0n));
    }),
  );
}

import type { ModelAccount, PostedUsage } from "./accounts";
import { atLeastZero, byService, least, type ServiceName, sum } from "./rules";
import type { ModelProvenance } from "./terms";

/** What is left of an account's line: the draws from *paid* of events that were not taken back. */
export const line = (account: ModelAccount): PostedUsage[] => account.usage.filter(({ voided }) => !voided);

/** Money covers the line from the front: what is owed is uncovered, from the end. One part for each event of it. */
function covered(account: ModelAccount): bigint[] {
  let owed = atLeastZero(-account.paidNet);
  const covered: bigint[] = [];
  for (const { paid } of line(account).reverse()) {
    const open = least(owed, paid);
    owed -= open;
    covered.push(paid - open);
  }
  return covered.reverse();
}

/** Of the events of an account's line, the part that money covers, summed as `weight` says. */
function coveredSum(account: ModelAccount, weight: (use: PostedUsage) => bigint): bigint {
  const parts = covered(account);
  return sum(line(account).map((use, at) => (parts[at] ?? 0n) * weight(use)));
}

export function paidSpend(account: ModelAccount): Record<ServiceName, bigint> {
  const parts = covered(account);
  const own = line(account);
  return byService((service) => sum(own.map((use, at) => (use.service === service ? (parts[at] ?? 0n) : 0n))));
}

/** What earns by the provenance of some terms, of the events that were not taken back, summed as `weight` says. */
export const earningSum = (
  account: ModelAccount,
  provenance: ModelProvenance,
  weight: (use: PostedUsage) => bigint,
): bigint =>
  provenance === "paid" ? coveredSum(account, weight) : sum(line(account).map((use) => use.charge * weight(use)));

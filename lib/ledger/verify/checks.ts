import { balanceChecks } from "./balance-checks";
import type { Check } from "./check";
import { earningChecks } from "./earning-checks";
import { fundChecks } from "./fund-checks";
import { rewardChecks } from "./reward-checks";
import { usageChecks } from "./usage-checks";

/** Everything that is rebuilt in SQL. */
export const checks: readonly Check[] = [
  ...balanceChecks,
  ...fundChecks,
  ...usageChecks,
  ...earningChecks,
  ...rewardChecks,
];

import type { ApiHarness } from "./api-harness";
import { DAY_MS, decimal } from "./model/rules";

/** The version of the beta programs in small amounts, which tests enrol accounts in. */
export const SMALL = "small";

export const smallTerms = {
  betaGate: { accounts: 2, spend: 6_000_000_000n },
  milestone: { trigger: 8_000_000_000n, amount: 30_000_000_000n, holdMs: 10 * DAY_MS, lifeMs: 20 * DAY_MS },
};

/** Publishes versions of the beta programs whose gate and milestone are so small that tests meet them often. */
export async function publishSmallTerms(api: ApiHarness): Promise<void> {
  const { betaGate, milestone } = smallTerms;
  const changed = {
    "referral-beta": { gate: { accounts: betaGate.accounts, spend: decimal(betaGate.spend), reapplyDays: 30 } },
    "serverless-referral-beta": {
      trigger: { kind: "spend", amount: decimal(milestone.trigger), service: "serverless" },
      bonus: { kind: "fixed", amount: decimal(milestone.amount), byRegion: {}, bucket: "earned" },
      credit: {
        holdHours: (milestone.holdMs / DAY_MS) * 24,
        expiryDays: milestone.lifeMs / DAY_MS,
      },
    },
  };
  for (const [program, parameters] of Object.entries(changed)) {
    await api.owner`
      insert into terms (program, version, effective_from, effective_until, parameters)
      select program, ${SMALL}, effective_from, effective_until, parameters || ${JSON.stringify(parameters)}::text::jsonb
        from terms where program = ${program}`;
  }
}

import type { Dice } from "./dice";
import { byService, DAY_MS } from "./model/rules";
import type {
  ModelBonusTerms,
  ModelCommissionTerms,
  ModelCredit,
  ModelFixed,
  ModelTerms,
  ModelTrigger,
  ModelVersions,
} from "./model/terms";

const DOLLAR = 1_000_000_000n;

export const regions = ["US", "IN", "FR"] as const;
const waysIn = [null, null, null, null, null, null, ["google"], ["google", "github"], ["email"]] as const;

/** Versions of every program, each with parameters of chance: all that terms may say occurs among them. */
export function randomVersions(dice: Dice, { inTurn, byName }: { inTurn: number; byName: number }): ModelVersions {
  const several = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  return {
    "signup-bonus": several(inTurn, () => bonusTerms(dice)),
    referral: several(inTurn, () => ({
      ...bonusTerms(dice),
      ...commissionTerms(dice),
      bonusesMax: dice.pick([null, 1, 1, 2]),
    })),
    "referral-beta": several(byName, () => ({ ...commissionTerms(dice), gate: betaGate(dice) })),
    "serverless-referral-beta": several(byName, () => ({
      trigger: dice.pick<ModelTrigger>([
        { kind: "spend", amount: 8n * DOLLAR, service: "serverless" },
        { kind: "spend", amount: 12n * DOLLAR, service: null },
        { kind: "load", amount: 30n * DOLLAR },
      ]),
      fixed: fixed(dice, 30n),
      credit: credit(dice),
    })),
    "template-beta": several(inTurn, () => royaltyTerms(dice)),
  };
}

function bonusTerms(dice: Dice): ModelBonusTerms {
  return {
    trigger: dice.pick<ModelTrigger>([
      { kind: "spend", amount: 10n * DOLLAR, service: null },
      { kind: "spend", amount: 4n * DOLLAR + 1n, service: null },
      { kind: "spend", amount: 5n * DOLLAR, service: dice.pick(["pod", "serverless"] as const) },
      { kind: "load", amount: dice.pick([12n, 25n, 40n]) * DOLLAR },
    ]),
    fixed: dice.chance(40) ? fixed(dice, 6n) : null,
    credit: credit(dice),
    signIns: dice.pick(waysIn),
  };
}

function fixed(dice: Dice, dollars: bigint): ModelFixed {
  const named = regions.filter(() => dice.chance(50));
  const amountOf = () => dollars * DOLLAR + BigInt(dice.below(300)) * 10_000_000n;
  return { amount: amountOf(), byRegion: Object.fromEntries(named.map((region) => [region, amountOf()])) };
}

const credit = (dice: Dice): ModelCredit => ({
  holdMs: dice.pick([0, 0, 36 * 3_600_000, 10 * DAY_MS]),
  lifeMs: dice.pick([null, 8 * DAY_MS, 20 * DAY_MS]),
});

function commissionTerms(dice: Dice): ModelCommissionTerms {
  return {
    rates: byService(() => BigInt(dice.pick([0, 200, 300, 333, 500]))),
    months: dice.pick([6, 6, 1, 14, null]),
    provenance: dice.pick(["paid", "paid", "any"] as const),
    most: dice.pick([null, null, DOLLAR / 10n, DOLLAR / 2n + 1n]),
  };
}

const betaGate = (dice: Dice): ModelTerms["referral-beta"]["gate"] => ({
  accounts: dice.below(3),
  spend: dice.pick([0n, 3n, 6n]) * DOLLAR,
  reapplyMs: dice.pick([5, 30]) * DAY_MS,
});

const royaltyTerms = (dice: Dice): ModelTerms["template-beta"] => ({
  rate: BigInt(dice.pick([100, 100, 250, 37])),
  provenance: dice.pick(["paid", "any"] as const),
  gateMs: dice.pick([86_400_000n, 7_200_000n, 0n]),
  claimMs: dice.pick([30, 30, 10, 60, 1]) * DAY_MS,
});

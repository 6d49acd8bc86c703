import { byService, DAY_MS, type ServiceName } from "./rules";

/** What terms may say, written down a second time: amounts in nano-dollars, times in milliseconds, rates in basis points. */

export type ModelTrigger =
  | { kind: "spend"; amount: bigint; service: ServiceName | null }
  /** Deposits that stand, spent or not. */
  | { kind: "load"; amount: bigint };

/** First visible and not spendable for some time, then gone after some time, or never. */
export interface ModelCredit {
  holdMs: number;
  lifeMs: number | null;
}

/** `amount` is for every region that `byRegion` does not name. */
export interface ModelFixed {
  amount: bigint;
  byRegion: Readonly<Record<string, bigint>>;
}

export interface ModelBonusTerms {
  trigger: ModelTrigger;
  /** Null where chance decides. */
  fixed: ModelFixed | null;
  credit: ModelCredit;
  /** The ways to sign in that it asks for; null for any, and for accounts that nobody signed in to. */
  signIns: readonly string[] | null;
}

export type ModelProvenance = "paid" | "any";

export interface ModelCommissionTerms {
  rates: Record<ServiceName, bigint>;
  /** From the referred account's sign-up; null for its lifetime. */
  months: number | null;
  provenance: ModelProvenance;
  /** The most one referrer is posted under this version. */
  most: bigint | null;
}

export interface ModelTerms {
  "signup-bonus": ModelBonusTerms;
  /** `bonusesMax`: the most bonuses one referrer gets under this version. */
  referral: ModelBonusTerms & ModelCommissionTerms & { bonusesMax: number | null };
  "referral-beta": ModelCommissionTerms & { gate: { accounts: number; spend: bigint; reapplyMs: number } };
  "serverless-referral-beta": { trigger: ModelTrigger; fixed: ModelFixed; credit: ModelCredit };
  "template-beta": { rate: bigint; provenance: ModelProvenance; gateMs: bigint; claimMs: number };
}

export type ModelProgram = keyof ModelTerms;

/** Every version of every program, by number. */
export type ModelVersions = { readonly [P in ModelProgram]: readonly ModelTerms[P][] };

/** @throws Error when there is no such version */
export function versionOf<P extends ModelProgram>(versions: ModelVersions, program: P, version: number): ModelTerms[P] {
  const found = versions[program][version];
  if (!found) throw new Error(`The model has no version ${version} of ${program}`);
  return found;
}

/** What a fixed amount is to an account of a region. */
export const amountIn = ({ amount, byRegion }: ModelFixed, region: string | null): bigint =>
  (region === null ? undefined : byRegion[region]) ?? amount;

export const noLimits: ModelCredit = { holdMs: 0, lifeMs: null };
const firstTen = { trigger: { kind: "spend", amount: 10_000_000_000n, service: null }, fixed: null } as const;
const anybody = { credit: noLimits, signIns: null } as const;

/** As published. */
export const publishedTerms: ModelVersions = {
  "signup-bonus": [{ ...firstTen, ...anybody }],
  referral: [
    {
      ...firstTen,
      ...anybody,
      rates: { pod: 300n, serverless: 500n, storage: 0n },
      months: 6,
      provenance: "paid",
      most: null,
      bonusesMax: null,
    },
  ],
  "referral-beta": [
    {
      rates: byService(() => 200n),
      months: null,
      provenance: "paid",
      most: null,
      gate: { accounts: 25, spend: 500_000_000_000n, reapplyMs: 30 * DAY_MS },
    },
  ],
  "serverless-referral-beta": [
    {
      trigger: { kind: "spend", amount: 1_000_000_000_000n, service: "serverless" },
      fixed: { amount: 500_000_000_000n, byRegion: {} },
      credit: noLimits,
    },
  ],
  "template-beta": [{ rate: 100n, provenance: "paid", gateMs: 86_400_000n, claimMs: 30 * DAY_MS }],
};

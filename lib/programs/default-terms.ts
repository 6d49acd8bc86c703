import { defaultOdds } from "./odds";
import type { ParametersOf, ProgramName } from "./terms";

/** One version of a program's parameters, as it is inserted and published. Instants in RFC 3339, UTC. */
type TermsVersion = {
  [P in ProgramName]: {
    program: P;
    version: string;
    effectiveFrom: string;
    /** End excluded; null while in force. */
    effectiveUntil: string | null;
    parameters: ParametersOf<P>;
  };
}[ProgramName];

const betaStart = "2024-01-01T00:00:00.000Z";
const start = "2025-01-01T00:00:00.000Z";
/** The day on which the current referral program took the place of its beta. */
const referralStart = "2025-06-16T00:00:00.000Z";

/** The programs a new installation begins with. */
export const defaultTerms: readonly TermsVersion[] = [
  {
    program: "signup-bonus",
    version: "2025-01-01",
    effectiveFrom: start,
    effectiveUntil: null,
    parameters: {
      trigger: { kind: "spend", amount: "10", service: null },
      bonus: { kind: "draw", odds: defaultOdds },
      credit: { holdHours: 0, expiryDays: null },
      signIns: null,
    },
  },
  {
    program: "referral",
    version: "2025-06-16",
    effectiveFrom: referralStart,
    effectiveUntil: null,
    parameters: {
      trigger: { kind: "spend", amount: "10", service: null },
      bonus: { kind: "draw", odds: defaultOdds },
      credit: { holdHours: 0, expiryDays: null },
      signIns: null,
      attributionDays: 30,
      commission: {
        rates: { pod: 300, serverless: 500, storage: 0 },
        window: { kind: "months", months: 6 },
        provenance: "paid",
      },
      caps: { bonusesMax: null, commissionMax: null },
    },
  },
  {
    program: "referral-beta",
    version: "2024-01-01",
    effectiveFrom: betaStart,
    effectiveUntil: referralStart,
    parameters: {
      commission: {
        rates: { pod: 200, serverless: 200, storage: 200 },
        window: { kind: "lifetime" },
        provenance: "paid",
      },
      gate: { accounts: 25, spend: "500", reapplyDays: 30 },
      caps: { commissionMax: null },
    },
  },
  {
    program: "serverless-referral-beta",
    version: "2024-01-01",
    effectiveFrom: betaStart,
    effectiveUntil: referralStart,
    parameters: {
      trigger: { kind: "spend", amount: "1000", service: "serverless" },
      bonus: { kind: "fixed", amount: "500", byRegion: {}, bucket: "earned" },
      credit: { holdHours: 0, expiryDays: null },
      caps: { bonusesMax: null },
    },
  },
  {
    program: "template-beta",
    version: "2025-01-01",
    effectiveFrom: start,
    effectiveUntil: null,
    parameters: {
      royalty: { rate: 100, provenance: "paid" },
      gate: { runtimeMs: 86_400_000 },
      claimDays: 30,
    },
  },
];

import { maxNanos, type Nanos, ZERO } from "@/lib/money/nanos";

/** What the gate of the beta referral terms asks for: accounts with any paid spend, and how much of it together. */
export interface BetaGateMissing {
  accounts: number;
  spend: Nanos;
}

/** What is still missing to the gate, each part zero when it is reached. */
export const betaGateMissing = (have: BetaGateMissing, need: BetaGateMissing): BetaGateMissing => ({
  accounts: Math.max(0, need.accounts - have.accounts),
  spend: maxNanos(ZERO, (need.spend - have.spend) as Nanos),
});

export const isMet = ({ accounts, spend }: BetaGateMissing): boolean => accounts === 0 && spend === 0n;

/** The runtime still missing to a template's gate, in milliseconds; zero when it is reached. */
export const runtimeMissing = (runtimeMs: bigint, gateMs: bigint): bigint =>
  runtimeMs >= gateMs ? 0n : gateMs - runtimeMs;

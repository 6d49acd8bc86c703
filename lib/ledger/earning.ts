import { type Nanos, ZERO } from "@/lib/money/nanos";
import type { AccountRef } from "./wallet";

/** What a program owes a beneficiary, as a sweep works on it. */
export interface Earning {
  account: AccountRef;
  program: string;
  /** A royalty's template; a held pair's referral; `version:ID` of terms that limit commission; else empty. */
  template: string;
  accrued: bigint;
  /** The most that may be posted of it, pending and released; null for no limit. */
  most: Nanos | null;
  pending: Nanos;
  released: Nanos;
  sweeps: number;
  gateOpen: boolean;
}

export const keyOf = ({ account_id, program, template }: { account_id: string; program: string; template: string }) =>
  `${account_id}|${program}|${template}`;

export const freshEarning = (
  account: AccountRef,
  { program, template }: { program: string; template: string },
): Earning => ({
  account,
  program,
  template,
  accrued: 0n,
  most: null,
  pending: ZERO,
  released: ZERO,
  sweeps: 0,
  gateOpen: false,
});

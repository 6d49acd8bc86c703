import { type Nanos, nanos } from "@/lib/money/nanos";
import type { LockedWallet, WalletState } from "./wallet";

/**
 * What can still be reserved or spent: the buckets, less arrears and what is reserved. Below zero where usage went
 * beyond the balance, or drained it below what is reserved.
 */
export const unreservedOf = ({
  promo,
  earned,
  market,
  paidNet,
  reserved,
}: Pick<WalletState, "promo" | "earned" | "market" | "paidNet" | "reserved">): Nanos =>
  nanos(promo + earned + market + paidNet - reserved);

/**
 * Reserves more, or less where `change` is negative. The caller has judged that there is enough; no money moves.
 * @throws RangeError when more would be let go than is reserved: a bug.
 */
export function changeReserved({ state, account }: LockedWallet, change: Nanos): void {
  const reserved = state.reserved + change;
  if (reserved < 0n) throw new RangeError(`Account ${account.id} has less reserved than is to be let go`);
  state.reserved = nanos(reserved);
}

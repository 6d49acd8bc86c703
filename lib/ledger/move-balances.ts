import type { Nanos } from "@/lib/money/nanos";
import { balanceChange, type Code } from "./chart";
import type { WalletState } from "./wallet";

const buckets: Partial<Record<Code, "promo" | "promoHeld" | "earned" | "market" | "paidNet" | "debt">> = {
  promo: "promo",
  "promo.held": "promoHeld",
  earned: "earned",
  market: "market",
  paid: "paidNet",
  debt: "debt",
};

/** Whether the wallet row knows the balance of an account: the customer's buckets, and revenue as what was charged. */
export const isCarriedByWallet = (code: Code): boolean => code in buckets || code.startsWith("revenue.");

/** Postings that bring money in for good; a dispute won or a refund that failed only brings it back. */
const depositing = new Set(["deposit", "opening"]);

/** Moves the cached balances as a posting moves the ledger's. The database's CHECKs refuse one below its floor. */
export function moveBalances(
  state: WalletState,
  posting: { kind: string; transfers: readonly { debit: Code; credit: Code; amount: Nanos }[] },
): void {
  for (const transfer of posting.transfers) {
    for (const side of ["debit", "credit"] as const) {
      const bucket = buckets[transfer[side]];
      if (bucket) state[bucket] = (state[bucket] + balanceChange(transfer[side], side, transfer.amount)) as Nanos;
    }
    if (depositing.has(posting.kind) && transfer.credit === "paid") {
      state.deposited = (state.deposited + transfer.amount) as Nanos;
    }
  }
}

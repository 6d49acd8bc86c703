import { amountText } from "@/lib/money/format";
import { minNanos, type Nanos } from "@/lib/money/nanos";
import type { Code } from "./chart";
import type { Posting, Transfer } from "./post";

const transfer = (debit: Code, credit: Code, amount: Nanos): Transfer[] =>
  amount > 0n ? [{ debit, credit, amount }] : [];

/** Promotional credit settles debt first, and only what is left is the customer's. */
function reward(expense: Code, bucket: Code, amount: Nanos, debt: Nanos): Transfer[] {
  const settled = minNanos(debt, amount);
  return [...transfer(expense, "debt", settled), ...transfer(expense, bucket, (amount - settled) as Nanos)];
}

/** Money came in. What of it settles arrears needs no line of its own: arrears are *paid* below zero. */
export const deposit = (input: { reference: string; amount: Nanos; method: string }): Posting => ({
  kind: "deposit",
  cause: `deposit:${input.reference}`,
  transfers: transfer("cash", "paid", input.amount),
  explains: { reference: input.reference, method: input.method },
});

/** What a customer brings along from the platform's earlier books. */
export const opening = (input: { account: string; paid: Nanos; promo: Nanos; earned: Nanos }): Posting => ({
  kind: "opening",
  cause: `opening:${input.account}`,
  transfers: [
    ...transfer("opening", "paid", input.paid),
    ...transfer("opening", "promo", input.promo),
    ...transfer("opening", "earned", input.earned),
  ],
  explains: {},
});

/** Credit an operator gives by hand, with a reason. */
export const grant = (input: {
  reference: string;
  bucket: "promo" | "earned";
  amount: Nanos;
  reason: string;
  debt: Nanos;
}): Posting => ({
  kind: "grant",
  cause: `grant:${input.reference}`,
  transfers: reward("expense.promotion", input.bucket, input.amount, input.debt),
  explains: { reference: input.reference, reason: input.reason },
});

/** The result of a draw. */
export const bonus = (input: { drawId: string; program: string; amount: Nanos; debt: Nanos }): Posting => ({
  kind: "bonus",
  cause: `bonus:${input.drawId}`,
  transfers: reward("expense.promotion", "promo", input.amount, input.debt),
  explains: { draw: input.drawId, program: input.program },
});

/** What a sweep found: newly accrued to the beneficiary, and what of it a gate still holds. */
export interface Sweep {
  program: string;
  /** The template for royalties, else empty. */
  template: string;
  /** Counts the sweeps that posted for this beneficiary, program and template. */
  number: number;
  /** Newly accrued, whole nano-dollars. */
  gained: Nanos;
  /** Moved from pending to earned because a gate opened. */
  released: Nanos;
  gateOpen: boolean;
  debt: Nanos;
}

/** Accruals become credit: *earned* where no gate holds them, else *pending*. */
export function sweep(account: string, input: Sweep): Posting {
  const expense: Code = input.template === "" ? "expense.commission" : "expense.royalty";
  const afterRelease = (input.debt - minNanos(input.debt, input.released)) as Nanos;
  return {
    kind: input.template === "" ? "commission" : "royalty",
    cause: `sweep:${account}:${input.program}:${input.template}:${input.number}`,
    transfers: [
      ...reward("pending", "earned", input.released, input.debt),
      ...(input.gateOpen
        ? reward(expense, "earned", input.gained, afterRelease)
        : transfer(expense, "pending", input.gained)),
    ],
    explains: {
      program: input.program,
      ...(input.template === "" ? {} : { template: input.template }),
      gained: amountText(input.gained),
      released: amountText(input.released),
    },
  };
}

import type { Accrual } from "@/lib/money/accrual";
import { accrualText, amountText } from "@/lib/money/format";
import { minNanos, type Nanos, ZERO } from "@/lib/money/nanos";
import type { Code } from "./chart";
import type { Posting, Transfer } from "./post";

const transfer = (debit: Code, credit: Code, amount: Nanos): Transfer[] =>
  amount > 0n ? [{ debit, credit, amount }] : [];

/** Promotional credit settles debt first, and only what is left is the customer's. */
function reward(from: Code, bucket: Code, amount: Nanos, debt: Nanos): Transfer[] {
  const settled = minNanos(debt, amount);
  return [...transfer(from, "debt", settled), ...transfer(from, bucket, (amount - settled) as Nanos)];
}

/** Money came in. What of it settles arrears needs no line of its own: arrears are *paid* below zero. */
export const deposit = (input: { reference: string; amount: Nanos; method: string }): Posting => ({
  kind: "deposit",
  cause: `deposit:${input.reference}`,
  transfers: transfer("cash", "paid", input.amount),
  explains: { reference: input.reference, method: input.method },
});

/** What a customer brings along from the platform's earlier books; whoever signed in before may have a debt. */
export function opening(input: { account: string; paid: Nanos; promo: Nanos; earned: Nanos; debt: Nanos }): Posting {
  const left = (input.debt - minNanos(input.debt, input.promo)) as Nanos;
  return {
    kind: "opening",
    cause: `opening:${input.account}`,
    transfers: [
      ...transfer("opening", "paid", input.paid),
      ...reward("opening", "promo", input.promo, input.debt),
      ...reward("opening", "earned", input.earned, left),
    ],
    explains: {},
  };
}

/** Credit an operator gives by hand, with a reason. */
export const grant = (input: {
  reference: string;
  bucket: "promo" | "earned";
  amount: Nanos;
  reason: string;
  /** Null where it lasts. */
  expiresAt: Date | null;
  debt: Nanos;
}): Posting => ({
  kind: "grant",
  cause: `grant:${input.reference}`,
  transfers: reward("expense.promotion", input.bucket, input.amount, input.debt),
  explains: {
    reference: input.reference,
    reason: input.reason,
    ...(input.expiresAt ? { expires: input.expiresAt.toISOString() } : {}),
  },
});

/** What a provider did with a deposit. */
interface ReversalPosting {
  reference: string;
  deposit: string;
  amount: Nanos;
  reason: string;
  /** Why, in an operator's words for the customer. */
  note?: string;
}

/** Money given back to whoever paid it, or taken by a chargeback: whatever the balance. */
export const reversal = (input: ReversalPosting): Posting => ({
  kind: input.reason,
  cause: `reversal:${input.reference}`,
  transfers: transfer("paid", "cash", input.amount),
  explains: reversalExplained(input),
});

/** The money is back: a dispute was won, or a refund reached nobody. */
export const moneyReturned = (input: ReversalPosting): Posting => ({
  kind: input.reason,
  cause: `reversal:${input.reference}`,
  transfers: transfer("cash", "paid", input.amount),
  explains: reversalExplained(input),
});

const reversalExplained = ({ reference, deposit, reason, note }: ReversalPosting): Record<string, string> => ({
  reference,
  deposit,
  reason,
  ...(note === undefined ? {} : { note }),
});

/** A reward moves at its beneficiary: a drawn bonus, or a milestone. */
interface RewardPosting {
  id: string;
  bucket: "promo" | "earned";
  /** Counts how often it was posted or taken back. */
  number: number;
  /** Not released yet: it comes to *promo.held*, and is taken back from there. */
  held: boolean;
  /** To or from its bucket. */
  credit: Nanos;
  debt: Nanos;
}

const placeOf = ({ held, bucket }: RewardPosting): Code => (held ? "promo.held" : bucket);

const rewardKind = ({ bucket }: Pick<RewardPosting, "bucket">): "bonus" | "milestone" =>
  bucket === "promo" ? "bonus" : "milestone";

/** What a posting about a reward is about. */
const rewardNamed = (reward: Pick<RewardPosting, "id" | "bucket">): Record<string, string> => ({
  [rewardKind(reward) === "bonus" ? "draw" : "milestone"]: reward.id,
});

/** It is posted because what it rests on stands: the first time, or again. */
export const rewardGiven = (input: RewardPosting): Posting => ({
  kind: rewardKind(input),
  cause: `reward:${input.id}:${input.number}`,
  transfers: [
    ...transfer("expense.promotion", "debt", input.debt),
    ...transfer("expense.promotion", placeOf(input), input.credit),
  ],
  explains: rewardNamed(input),
});

/** It is taken back because what it rests on fell below the trigger; what was spent becomes debt. */
export const rewardTaken = (input: RewardPosting): Posting => ({
  kind: `${rewardKind(input)}-back`,
  cause: `reward:${input.id}:${input.number}`,
  transfers: [
    ...transfer(placeOf(input), "expense.promotion", input.credit),
    ...transfer("debt", "expense.promotion", input.debt),
  ],
  explains: {
    ...rewardNamed(input),
    reason: "what it rests on fell below the trigger",
  },
});

/** The time for which a reward was held is over: it settles debt, and what is left can be spent. Once, ever. */
export const release = (input: Omit<RewardPosting, "number" | "held">): Posting => ({
  kind: "release",
  cause: `release:${input.id}`,
  transfers: [...transfer("promo.held", "debt", input.debt), ...transfer("promo.held", input.bucket, input.credit)],
  explains: rewardNamed(input),
});

/** What is left of credit that does not last goes the way it came. */
export const expiry = (input: {
  account: string;
  /** The posting that it came by. */
  lot: bigint;
  /** Counts how often some of that lot expired. */
  number: number;
  bucket: "promo" | "earned";
  amount: Nanos;
  expiresAt: Date;
  /** Null for a grant. */
  rewardId: string | null;
}): Posting => ({
  kind: "expiry",
  cause: `expiry:${input.account}:${input.lot}:${input.number}`,
  transfers: transfer(input.bucket, "expense.promotion", input.amount),
  explains: {
    lot: String(input.lot),
    expired: input.expiresAt.toISOString(),
    ...(input.rewardId === null ? {} : rewardNamed({ id: input.rewardId, bucket: input.bucket })),
    reason: `not spent by ${input.expiresAt.toISOString().slice(0, 10)}, when it expired`,
  },
});

/** A posting about a closed account: its number is the one it is going to have, so that each is posted once. */
interface Closed {
  account: string;
  seq: bigint;
}

/** Promotional credit of a closed account lapses: the way it came, backwards. */
export const lapse = (input: Closed & { promo: Nanos; earned: Nanos }): Posting => ({
  kind: "lapse",
  cause: `lapse:${input.account}:${input.seq}`,
  transfers: [
    ...transfer("promo", "expense.promotion", input.promo),
    ...transfer("earned", "expense.commission", input.earned),
  ],
  explains: { reason: "the account is closed" },
});

/** What a gate or a hold still counts of a closed account's credit is no longer owed, or, below zero, counted less. */
export const lapseOfWaiting = (input: Closed & { change: Nanos }): Posting => ({
  kind: "lapse",
  cause: `lapse:${input.account}:${input.seq}`,
  transfers:
    input.change > 0n
      ? transfer("lapsed", "expense.commission", input.change)
      : transfer("expense.commission", "lapsed", -input.change as Nanos),
  explains: { reason: "the account is closed" },
});

/** Unspent money is given up by the owner of a closed account. */
export const givenUp = (input: Closed & { amount: Nanos }): Posting => ({
  kind: "given-up",
  cause: `given-up:${input.account}:${input.seq}`,
  transfers: transfer("paid", "given.up", input.amount),
  explains: { reason: "given up when the account was closed" },
});

/** Of what was given up as much as a provider took back, or late usage cost, was never there to give. */
export const givenBack = (input: Closed & { amount: Nanos }): Posting => ({
  kind: "given-back",
  cause: `given-back:${input.account}:${input.seq}`,
  transfers: transfer("given.up", "paid", input.amount),
  explains: { reason: "charged or taken back after the account was closed" },
});

/** What a closed account owes is written off, or, below zero, turned out to be owed less. */
export const writeOff = (input: Closed & { change: Nanos }): Posting => ({
  kind: "write-off",
  cause: `write-off:${input.account}:${input.seq}`,
  transfers:
    input.change > 0n
      ? transfer("expense.losses", "allowance", input.change)
      : transfer("allowance", "expense.losses", -input.change as Nanos),
  explains: { reason: "the account is closed" },
});

/** Credit that a void returned settles debt. */
export const settlement = (input: { account: string; seq: bigint; promo: Nanos; earned: Nanos }): Posting => ({
  kind: "settlement",
  cause: `settlement:${input.account}:${input.seq}`,
  transfers: [...transfer("promo", "debt", input.promo), ...transfer("earned", "debt", input.earned)],
  explains: {},
});

/** What a sweep found: newly accrued to the beneficiary, and what of it a gate still holds. */
export interface Sweep {
  program: string;
  /** As an `Earning` has it. */
  template: string;
  /** Counts the sweeps that posted for this beneficiary, program and template. */
  number: number;
  /** All that ever accrued to it, exact. */
  accrued: Accrual;
  /** What was posted of it before, pending and released. */
  before: Nanos;
  /** Newly accrued, whole nano-dollars. */
  gained: Nanos;
  /** Moved from pending to earned because a gate opened. */
  released: Nanos;
  /** The most that the terms let be posted of it; null for no limit. */
  most: Nanos | null;
  gateOpen: boolean;
  debt: Nanos;
}

/**
 * Accruals become credit: *earned* where no gate holds them, else *pending*. Where less is accrued than was posted,
 * because money was taken back, the difference leaves the bucket it went to, down to zero; the rest becomes debt.
 */
export function sweep(account: string, input: Sweep & { earned: Nanos }): Posting {
  const { program, template, number, gained, debt } = input;
  const royalty = isRoyalty(input);
  const expense: Code = royalty ? "expense.royalty" : "expense.commission";
  // What is lost comes out of what was pending before anything of that is released.
  const unpended = input.gateOpen && gained < 0n ? minNanos(input.released, -gained as Nanos) : ZERO;
  const released = (input.released - unpended) as Nanos;
  const moved = { ...input, gained: (gained + unpended) as Nanos, released };
  const afterRelease = (debt - minNanos(debt, released)) as Nanos;
  return {
    kind: royalty ? "royalty" : "commission",
    cause: `sweep:${account}:${program}:${template}:${number}`,
    transfers: [
      ...transfer("pending", expense, unpended),
      ...reward("pending", "earned", released, debt),
      ...gain(moved, expense, afterRelease),
    ],
    explains: {
      program,
      ...partOf(input),
      accrued: accrualText(input.accrued),
      before: amountText(input.before),
      gained: amountText(gained),
      released: amountText(released),
      ...(input.most === null ? {} : { limit: amountText(input.most) }),
    },
  };
}

/** What its cause names beside the program: a template, a pair in review, or the commission of one version of terms. */
function partOf(input: Pick<Sweep, "program" | "template">): Record<string, string> {
  const { template } = input;
  if (template === "") return {};
  if (isRoyalty(input)) return { template };
  return template.includes(":") ? { part: template } : { referral: template };
}

/** Royalties are kept by template; commission has a part of its own only for a pair that is held. */
export const isRoyalty = ({ program }: { program: string }): boolean => program === "template-beta";

function gain(input: Sweep & { earned: Nanos }, expense: Code, debt: Nanos): Transfer[] {
  if (!input.gateOpen) {
    return input.gained >= 0n
      ? transfer(expense, "pending", input.gained)
      : transfer("pending", expense, -input.gained as Nanos);
  }
  if (input.gained >= 0n) return reward(expense, "earned", input.gained, debt);
  const lost = -input.gained as Nanos;
  const held = (input.earned + input.released - (input.debt - debt)) as Nanos;
  const taken = minNanos(lost, held);
  return [...transfer("earned", expense, taken), ...transfer("debt", expense, (lost - taken) as Nanos)];
}

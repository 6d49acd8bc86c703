import { createHash } from "node:crypto";

type Outcome = "succeeds" | "declined" | "authenticate";

export interface TestCard {
  number: string;
  brand: "visa";
  /** What comes of a payment while its owner is there. */
  outcome: Outcome;
  /** What comes of saving it; what comes of a payment otherwise. */
  saving?: Outcome;
  /** What comes of charging it, once saved, while nobody is there. */
  alone: Outcome;
  /** Whether its owner says later that the payment was not theirs. */
  disputed?: true;
  /** What a person reads beside the number. */
  effect: string;
}

/** Stripe's own test numbers. Any other number is refused and kept nowhere. */
export const testCards: readonly TestCard[] = [
  { number: "4242424242424242", brand: "visa", outcome: "succeeds", alone: "succeeds", effect: "is accepted" },
  { number: "4000000000000002", brand: "visa", outcome: "declined", alone: "declined", effect: "is declined" },
  {
    number: "4000002500003155",
    brand: "visa",
    outcome: "authenticate",
    alone: "succeeds",
    effect: "asks you to confirm first",
  },
  {
    number: "4000002760003184",
    brand: "visa",
    outcome: "authenticate",
    alone: "authenticate",
    effect: "asks you every time, saved or not",
  },
  {
    number: "4000000000000341",
    brand: "visa",
    outcome: "declined",
    saving: "succeeds",
    alone: "declined",
    effect: "can be saved, and never pays",
  },
  {
    number: "4000000000000259",
    brand: "visa",
    outcome: "succeeds",
    alone: "succeeds",
    disputed: true,
    effect: "is disputed later",
  },
];

export const findCard = (number: string): TestCard | undefined =>
  testCards.find((card) => card.number === number.replace(/[\s-]/g, ""));

export const savingOutcome = (card: TestCard): Outcome => card.saving ?? card.outcome;

export const spaced = (number: string): string => number.replace(/(.{4})(?=.)/g, "$1 ");

/**
 * The same for the same card. Everybody here pays with the same few numbers, so the e-mail address makes them
 * different cards; two people who type the same address share one.
 */
export const fingerprintOf = (card: TestCard, email: string): string =>
  createHash("sha256").update(`${card.number}|${email.trim().toLowerCase()}`).digest("hex").slice(0, 16);

import { createHash } from "node:crypto";

export interface TestCard {
  number: string;
  brand: "visa";
  outcome: "succeeds" | "declined" | "authenticate";
  /** What a person reads beside the number. */
  effect: string;
}

/** Stripe's own test numbers. Any other number is refused and kept nowhere. */
export const testCards: readonly TestCard[] = [
  { number: "4242424242424242", brand: "visa", outcome: "succeeds", effect: "is accepted" },
  { number: "4000000000000002", brand: "visa", outcome: "declined", effect: "is declined" },
  { number: "4000002500003155", brand: "visa", outcome: "authenticate", effect: "asks you to confirm first" },
];

export const findCard = (number: string): TestCard | undefined =>
  testCards.find((card) => card.number === number.replace(/[\s-]/g, ""));

export const spaced = (number: string): string => number.replace(/(.{4})(?=.)/g, "$1 ");

/**
 * The same for the same card. Everybody here pays with the same few numbers, so the e-mail address makes them
 * different cards; two people who type the same address share one.
 */
export const fingerprintOf = (card: TestCard, email: string): string =>
  createHash("sha256").update(`${card.number}|${email.trim().toLowerCase()}`).digest("hex").slice(0, 16);

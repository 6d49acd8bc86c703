import type { Nanos } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";

/**
 * The chart of accounts. Every customer has each of these to itself, the platform's side included, so that each
 * customer's books balance alone and no row of the platform is shared.
 */
export const chart = {
  /** Money received for the customer, at the bank or the payment provider. */
  cash: "asset",
  /** Credit carried over from the platform's earlier books. */
  opening: "equity",
  /** Bonuses and grants. */
  promo: "liability",
  /** Bonuses drawn and not yet spendable. */
  "promo.held": "liability",
  /** Commissions, royalties, milestones. */
  earned: "liability",
  /** Earned, and waiting for a gate or a review. */
  pending: "liability",
  /** Credit bought from other customers. */
  market: "liability",
  /** Prepaid money. A balance below zero is arrears. */
  paid: "liability",
  /** Promotional credit taken back after it was spent. */
  debt: "asset",
  /** Credit of a closed account that it no longer has, though a gate or a hold still counts it. */
  lapsed: "asset",
  /** Arrears and debt of a closed account that are not expected any more. */
  allowance: "liability",
  /** Prepaid money that its owner gave up when closing the account. */
  "given.up": "income",
  "revenue.pod": "income",
  "revenue.serverless": "income",
  "revenue.storage": "income",
  "expense.promotion": "expense",
  "expense.commission": "expense",
  "expense.royalty": "expense",
  /** What closed accounts owe and will not pay. */
  "expense.losses": "expense",
} as const;

export type Code = keyof typeof chart;

export const revenueOf = (service: Service): Code => `revenue.${service}`;

/** Accounts of this nature grow by credits; the others by debits. */
const creditNormal = new Set(["liability", "equity", "income"]);

/** Accounts that grow by debits. */
export const debitNormal: readonly string[] = Object.entries(chart).flatMap(([code, nature]) =>
  creditNormal.has(nature) ? [] : code,
);

/** What `amount` on `side` does to the balance of `code`, as its nature reads it. */
export function balanceChange(code: Code, side: "debit" | "credit", amount: Nanos): Nanos {
  const grows = creditNormal.has(chart[code]) === (side === "credit");
  return (grows ? amount : -amount) as Nanos;
}

export const isCode = (text: string): text is Code => Object.hasOwn(chart, text);

import type { Account } from "@/demo/machine-api/shapes";
import { sumOfDollars } from "./dollars";
import type { Plan } from "./plan";

/** What came of a replay; amounts are exact decimal dollars. */
export interface Totals {
  sku: string;
  events: number;
  customers: number;
  charged: string;
  /** Customers whose paid spend reached the trigger of their bonus. */
  triggersReached: number;
  commission: string;
  royalty: string;
  /** How many bonuses were drawn, on both sides of referrals, and their sum. */
  bonuses: { count: number; amount: string };
}

export function totalsOf(plan: Plan, accounts: readonly Account[], bonuses: readonly string[]): Totals {
  const creator = plan.publishing?.creator.externalId;
  const customers = accounts.filter(({ externalId }) => externalId !== creator);
  return {
    sku: plan.price.sku,
    events: plan.events.length,
    customers: customers.length,
    charged: sumOfDollars(customers.map(({ lifetime }) => lifetime.charged)),
    triggersReached: customers.filter(({ bonus }) => bonus.trigger !== null && bonus.progress === bonus.trigger).length,
    commission: sumOfDollars(accounts.map(({ earnings }) => earnings.commission.accrued)),
    royalty: sumOfDollars(accounts.map(({ earnings }) => earnings.royalty.accrued)),
    bonuses: { count: bonuses.length, amount: sumOfDollars(bonuses) },
  };
}

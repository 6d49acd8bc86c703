import { and, eq, isNull } from "drizzle-orm";
import { paymentCustomers } from "@/db/schema/cards";
import { type PaymentProvider, PaymentsUnavailable } from "@/lib/payments/provider";
import type { Context } from "@/lib/services/context";

/** So many at a time; the next run takes the rest. */
const AT_ONCE_MAX = 100;

/**
 * Has the provider forget who paid for accounts that were closed: their record, and every card saved with it. At least
 * once for each: one whose answer was lost is asked for again, and one that is gone is gone.
 * @param payments the provider, asked for only where there is somebody to forget
 * @returns how many are forgotten now
 */
export async function forgetPayers(ctx: Context, payments: () => PaymentProvider): Promise<number> {
  const payers = await ctx.db.$client<{ customer: string }[]>`
    select p.customer_id as customer from account_closings c
      join payment_customers p on p.lane = c.lane and p.account_id = c.account_id
     where p.forgotten_at is null order by c.closed_at limit ${AT_ONCE_MAX}`;
  let forgotten = 0;
  const errors: unknown[] = [];
  for (const { customer } of payers) {
    try {
      await payments().forgetCustomer(customer);
      await ctx.db
        .update(paymentCustomers)
        .set({ forgottenAt: ctx.clock() })
        .where(and(eq(paymentCustomers.customerId, customer), isNull(paymentCustomers.forgottenAt)));
      forgotten += 1;
    } catch (error) {
      // One that cannot be dealt with keeps nobody else waiting; a provider that is silent is asked again later.
      if (!(error instanceof PaymentsUnavailable)) errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} payers were not forgotten`);
  return forgotten;
}

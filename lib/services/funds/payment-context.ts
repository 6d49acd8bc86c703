import { db } from "@/db/client";
import { payments } from "@/lib/payments/configured";
import type { PaymentProvider } from "@/lib/payments/provider";
import type { Context } from "@/lib/services/context";

/** What a verb about payments is given besides data and time. */
export interface PaymentContext extends Context {
  payments: PaymentProvider;
}

/** The process's own database, clock and payment provider. */
export const paymentContext = (): PaymentContext => ({ db: db(), clock: () => new Date(), payments: payments() });

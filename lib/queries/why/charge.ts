import "server-only";
import { and, desc, eq, lte } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { usageEvents } from "@/db/schema/ledger";
import { prices } from "@/db/schema/usage";
import { amountText, quantityText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { exactCharge } from "@/lib/programs/charge-arithmetic";
import type { PriceUnit } from "@/lib/programs/pricing";
import type { AccountKey } from "@/lib/queries/account-key";

/** How a charge came about. Amounts exact decimal dollars, instants ISO 8601, durations whole milliseconds. */
export interface ChargeWhy {
  source: string;
  id: string;
  service: string;
  sku: string | null;
  resource: string | null;
  template: string | null;
  endedAt: string;
  durationMs: string;
  /** "1", "1.25" */
  quantity: string;
  /** The price in force when the interval ended; null where the platform sent an amount of its own. */
  price: { amount: string; unit: PriceUnit; effectiveFrom: string } | null;
  /** Before it was rounded; null where there was nothing to compute. */
  exact: { dollars: string; isWhole: boolean } | null;
  /** What was charged, also of an event that took another one back. */
  charge: string;
  /** The event that this one took back. */
  voidsSeq: string | null;
  /** The one that took it back. */
  voidedBySeq: string | null;
}

/** Null where the posting is no usage. */
export async function chargeOf(tx: Tx, { lane, id }: AccountKey, seq: bigint): Promise<ChargeWhy | null> {
  const mine = and(eq(usageEvents.lane, lane), eq(usageEvents.accountId, id));
  const [event] = await tx
    .select()
    .from(usageEvents)
    .where(and(mine, eq(usageEvents.seq, seq)));
  if (!event) return null;
  const [taken] = await tx
    .select({ seq: usageEvents.seq })
    .from(usageEvents)
    .where(and(mine, eq(usageEvents.voidsSeq, seq)));
  const charge = nanos(event.charge < 0n ? -event.charge : event.charge);
  const price = event.priceGiven === 0 && event.sku !== null ? await priceAt(tx, event.sku, event.endedAt) : null;
  const exact = price && exactCharge({ price: price.amount, unit: price.unit, ...metered(event) });
  return {
    source: event.source,
    id: event.id,
    service: event.service,
    sku: event.sku,
    resource: event.resource,
    template: event.template,
    endedAt: event.endedAt.toISOString(),
    durationMs: String(event.durationMs),
    quantity: quantityText(event.quantityMilli),
    // A price that does not give this charge is not the one it was made by.
    ...(price && exact?.rounded === charge
      ? {
          price: {
            amount: amountText(price.amount),
            unit: price.unit,
            effectiveFrom: price.effectiveFrom.toISOString(),
          },
          exact: { dollars: exact.dollars, isWhole: exact.isWhole },
        }
      : { price: null, exact: null }),
    charge: amountText(charge),
    voidsSeq: event.voidsSeq === null ? null : String(event.voidsSeq),
    voidedBySeq: taken ? String(taken.seq) : null,
  };
}

const metered = ({ durationMs, quantityMilli }: typeof usageEvents.$inferSelect) => ({ durationMs, quantityMilli });

async function priceAt(tx: Tx, sku: string, at: Date) {
  const [price] = await tx
    .select()
    .from(prices)
    .where(and(eq(prices.sku, sku), lte(prices.effectiveFrom, at)))
    .orderBy(desc(prices.effectiveFrom))
    .limit(1);
  return price ?? null;
}

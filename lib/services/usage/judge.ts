import type { Nanos } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";
import { CHARGE_MAX, chargeFor, type PriceUnit } from "@/lib/programs/pricing";
import type { Rejection, UsageEvent } from "./event";

/** One version of a sku's price. */
export interface PriceVersion {
  effectiveFromMs: number;
  service: Service;
  unit: PriceUnit;
  amount: Nanos;
}

/** What a sku costs at an instant; versions are newest first. */
export function priceAt(versions: readonly PriceVersion[] | undefined, atMs: number): PriceVersion | null {
  return versions?.find(({ effectiveFromMs }) => effectiveFromMs <= atMs) ?? null;
}

const DAY_MS = 86_400_000;
export const DURATION_MAX_MS = 366n * BigInt(DAY_MS);
export const AGE_MAX_MS = 400 * DAY_MS;
const AHEAD_MAX_MS = 3_600_000;

const no = (reason: Rejection["reason"], detail: string): { verdict: Rejection } => ({ verdict: { reason, detail } });

/** What a well-formed event is worth, or why it is refused: the rules that need the rate card and the clock. */
export function judge(
  event: UsageEvent,
  { prices, nowMs }: { prices: readonly PriceVersion[] | undefined; nowMs: number },
): { service: Service; charge: Nanos } | { verdict: Rejection } {
  if (event.durationMs > DURATION_MAX_MS)
    return no("too_long", "data.durationMs is over 366 days; send shorter intervals");
  if (event.endedAtMs > nowMs + AHEAD_MAX_MS) return no("in_future", "time is more than an hour ahead");
  const price = priceAt(prices, event.endedAtMs);
  const known = price ?? prices?.at(-1) ?? null;
  if (known && event.service !== null && event.service !== known.service) {
    return no("invalid", `data.service contradicts sku ${event.sku}, which is ${known.service}`);
  }
  if (event.amount !== null) {
    const service = event.service ?? known?.service;
    if (service === undefined)
      return no("invalid", "data.service is required with amount when the sku is not on the rate card");
    return event.amount > CHARGE_MAX
      ? no("too_large", "data.amount is over $1,000,000")
      : { service, charge: event.amount };
  }
  if (!price)
    return no(
      "unknown_sku",
      `data.sku ${event.sku} has no price in force at ${new Date(event.endedAtMs).toISOString()}`,
    );
  const charge = chargeFor({
    price: price.amount,
    unit: price.unit,
    durationMs: event.durationMs,
    quantityMilli: event.quantityMilli,
  });
  if (charge === null) return no("too_large", "the charge would be over $1,000,000; send shorter intervals");
  return { service: price.service, charge };
}

import type { Dice } from "./dice";
import type { ModelUsage } from "./model/history";
import { DAY_MS, decimal, monthsAfter, type ServiceName } from "./model/rules";

/** The rate card that histories use: price in nano-dollars for so many milliseconds. */
export const rateCard: Record<
  string,
  { service: ServiceName; unit: string; amount: string; price: bigint; unitMs: bigint }
> = {
  rtx4090: { service: "pod", unit: "hour", amount: "0.34", price: 340_000_000n, unitMs: 3_600_000n },
  flex: { service: "serverless", unit: "second", amount: "0.00011", price: 110_000n, unitMs: 1_000n },
  disk: { service: "storage", unit: "gb-month", amount: "0.07", price: 70_000_000n, unitMs: 2_592_000_000n },
};

const quantities = [
  { sent: undefined, milli: 1_000n },
  { sent: "1", milli: 1_000n },
  { sent: 2, milli: 2_000n },
  { sent: 0.125, milli: 125n },
  { sent: "0.001", milli: 1n },
  { sent: "8.000", milli: 8_000n },
];

/** A usage event as it is sent, and as the model knows it. */
export interface SentEvent {
  json: Record<string, unknown>;
  usage: ModelUsage;
}

type Named = Pick<ModelUsage, "subject" | "endedAtMs" | "template"> & { source: string; id: string };

/** An event of any service, priced by the rate card or by the platform. */
export function randomEvent(dice: Dice, { source, id, subject, endedAtMs, template }: Named): SentEvent {
  const { data, ...cost } = dice.chance(60) ? metered(dice) : priced(dice);
  const json = {
    specversion: "1.0",
    type: "usage",
    source,
    id,
    subject,
    time: new Date(endedAtMs).toISOString(),
    data: { ...data, ...(template === null ? {} : { template }) },
  };
  return { json, usage: { key: id, subject, endedAtMs, template, ...cost } };
}

function metered(dice: Dice) {
  const sku = dice.pick(Object.keys(rateCard));
  const rate = rateCard[sku];
  if (!rate) throw new Error(`No rate for ${sku}`);
  const quantity = dice.pick(quantities);
  const durationMs = BigInt(dice.below(dice.chance(50) ? 43_200_000 : 1_000_000));
  const product = quantity.milli * durationMs * rate.price;
  const unit = 1_000n * rate.unitMs;
  // Half up: twice the product and once the unit, over twice the unit.
  const charge = (product * 2n + unit) / (unit * 2n);
  const data = { sku, durationMs: Number(durationMs), quantity: quantity.sent };
  return { data, charge, durationMs, service: rate.service };
}

function priced(dice: Dice) {
  const service = dice.pick(["pod", "pod", "serverless", "storage"] as const);
  const charge = dice.nanos(9);
  const durationMs = BigInt(dice.below(dice.chance(50) ? 86_400_000 : 7_200_000));
  return { data: { service, amount: decimal(charge), durationMs: Number(durationMs) }, charge, durationMs, service };
}

/** Some instant before now; at times the very end of the account's commission window, or the millisecond before. */
export function randomInstant(
  dice: Dice,
  nowMs: number,
  window: { signedUpAtMs: number; months: number | null },
): number {
  const { signedUpAtMs, months } = window;
  const end = months === null ? Number.POSITIVE_INFINITY : monthsAfter(signedUpAtMs, months);
  if (end <= nowMs && dice.chance(40)) return end - dice.below(2);
  return nowMs - dice.below(dice.chance(50) ? 120 : 2) * DAY_MS - dice.below(DAY_MS);
}

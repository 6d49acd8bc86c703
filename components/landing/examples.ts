import { accrue, type BasisPoints, floorToNanos } from "@/lib/money/accrual";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { chargeFor, runtimeFor } from "@/lib/programs/pricing";

const CENT = 10_000_000n;
const HOUR_MS = 3_600_000n;

/** Community-cloud prices per hour at the time of writing; only examples, the rate card is what counts. */
const examplePrices = { rtx4090: nanos(34n * CENT), template: nanos(54n * CENT) };

/** How long a budget runs one RTX 4090. */
export function runtimeExample(budget: Nanos): { price: Nanos; durationMs: bigint } {
  const price = examplePrices.rtx4090;
  return { price, durationMs: runtimeFor({ price, unit: "hour", budget }) ?? 0n };
}

export interface TemplateExample {
  users: bigint;
  hours: bigint;
  price: Nanos;
  spend: Nanos;
  royalty: Nanos;
}

/** What a creator earns when twenty people run a template around the clock for a week. */
export function templateExample(rate: BasisPoints): TemplateExample | null {
  const plan = { users: 20n, hours: 168n, price: examplePrices.template };
  const spend = chargeFor({
    price: plan.price,
    unit: "hour",
    durationMs: plan.hours * HOUR_MS,
    quantityMilli: plan.users * 1_000n,
  });
  return spend && { ...plan, spend, royalty: floorToNanos(accrue(spend, rate)) };
}

import { type Nanos, nanos } from "@/lib/money/nanos";
import { runtimeFor } from "@/lib/programs/pricing";

const CENT = 10_000_000n;
const RTX_4090 = nanos(34n * CENT);

/** A community-cloud price at the time of writing; only an example, the rate card is what counts. */
export const exampleGpu = { sku: "RTX 4090", price: "0.34", unit: "hour" } as const;

/** How long a budget runs one RTX 4090. */
export function runtimeExample(budget: Nanos): { price: Nanos; durationMs: bigint } {
  return { price: RTX_4090, durationMs: runtimeFor({ price: RTX_4090, unit: "hour", budget }) ?? 0n };
}

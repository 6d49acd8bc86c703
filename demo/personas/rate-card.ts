import type { NewPrice } from "@/demo/machine-api/requests";

const effectiveFrom = "2025-01-01T00:00:00.000Z";

/** What the demo's GPUs cost: skus of its own, so that whoever tries the API meets none of them. */
export const rateCard = [
  { sku: "demo-rtx4090", service: "pod", unit: "hour", amount: "0.34", effectiveFrom },
  { sku: "demo-a100", service: "pod", unit: "hour", amount: "1.64", effectiveFrom },
  { sku: "demo-h100", service: "pod", unit: "hour", amount: "2.79", effectiveFrom },
  { sku: "demo-h100-flex", service: "serverless", unit: "second", amount: "0.00116", effectiveFrom },
  { sku: "demo-volume", service: "storage", unit: "gb-month", amount: "0.07", effectiveFrom },
] as const satisfies readonly NewPrice[];

export type Sku = (typeof rateCard)[number]["sku"];

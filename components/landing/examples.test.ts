import { expect, test } from "vitest";
import { NANOS_PER_DOLLAR, nanos } from "@/lib/money/nanos";
import { gpusToReckonWith, runtimeOn } from "./examples";

const tenDollars = nanos(10n * NANOS_PER_DOLLAR);
const cheap = { sku: "a2", price: "0.1", unit: "hour" } as const;
const perSecond = { sku: "h100", price: "0.34", unit: "second" } as const;
const wellKnown = { sku: "demo-rtx4090", price: "0.34", unit: "hour" } as const;

test("W3: without a rate card the landing page says how long $10 lasts as the worked example does, as an example", () => {
  const [gpu, ...others] = gpusToReckonWith([]);
  expect([gpu.isExample, others]).toEqual([true, []]);
  expect(runtimeOn(gpu, tenDollars)?.durationMs).toBe(((29n * 60n + 24n) * 60n + 42n) * 1_000n);
});

test("where pods have prices only those are named, the well-known one first", () => {
  expect(gpusToReckonWith([cheap, perSecond])).toEqual([cheap, perSecond]);
  expect(gpusToReckonWith([cheap, perSecond, wellKnown])).toEqual([wellKnown, cheap, perSecond]);
});

test("a price is for its unit, and what is free has no runtime to tell", () => {
  expect(runtimeOn({ sku: "h100", price: "0.001", unit: "second" }, tenDollars)?.durationMs).toBe(10_000_000n);
  expect(runtimeOn({ ...cheap, price: "0" }, tenDollars)).toBeNull();
});

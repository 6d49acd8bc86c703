import { expect, test } from "vitest";
import { basisPoints } from "@/lib/money/accrual";
import { dollarsExact } from "@/lib/money/format";
import { NANOS_PER_DOLLAR, nanos } from "@/lib/money/nanos";
import { runtimeExample, templateExample } from "./examples";

test("W3: the landing page says how long $10 lasts on an RTX 4090 as the worked example does", () => {
  expect(runtimeExample(nanos(10n * NANOS_PER_DOLLAR)).durationMs).toBe(((29n * 60n + 24n) * 60n + 42n) * 1_000n);
});

test("W7: a week of twenty people on a template is $1,814.40 of spend and $18.144 of royalty", () => {
  const example = templateExample(basisPoints(100));
  expect(example && [dollarsExact(example.spend), dollarsExact(example.royalty)]).toEqual(["$1,814.40", "$18.144"]);
});

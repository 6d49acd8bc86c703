import { expect, test } from "vitest";
import { NANOS_PER_DOLLAR, nanos } from "@/lib/money/nanos";
import { runtimeExample } from "./examples";

test("W3: the landing page says how long $10 lasts on an RTX 4090 as the worked example does", () => {
  expect(runtimeExample(nanos(10n * NANOS_PER_DOLLAR)).durationMs).toBe(((29n * 60n + 24n) * 60n + 42n) * 1_000n);
});

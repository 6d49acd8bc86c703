import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Nanos, nanos, sum } from "@/lib/money/nanos";
import { CHARGE_MAX, chargeFor, runtimeFor, runtimeText } from "./pricing";

const HOUR = 3_600_000n;
const price = nanos(340_000_000n);
const one = { quantityMilli: 1_000n };

/** The charge, where the test knows there is one. */
function charged(usage: Parameters<typeof chargeFor>[0]): Nanos {
  const charge = chargeFor(usage);
  if (charge === null) throw new Error("too large");
  return charge;
}

describe("chargeFor", () => {
  test("one hour at $0.34 costs $0.340000000 whole, and $0.340000020 as sixty minutes", () => {
    expect(chargeFor({ price, unit: "hour", durationMs: HOUR, ...one })).toBe(340_000_000n);
    const minute = charged({ price, unit: "hour", durationMs: 60_000n, ...one });
    expect(sum(Array.from({ length: 60 }, () => minute))).toBe(340_000_020n);
  });

  test("$0.00011 per second is exactly 110 nano-dollars per millisecond", () => {
    expect(chargeFor({ price: nanos(110_000n), unit: "second", durationMs: 1n, ...one })).toBe(110n);
  });

  test("a GB-month is thirty days", () => {
    const usage = { price: nanos(70_000_000n), unit: "gb-month", quantityMilli: 10_500n } as const;
    expect(chargeFor({ ...usage, durationMs: 30n * 24n * HOUR })).toBe(735_000_000n);
  });

  test("W7: 20 users × $0.54/h × 168 h cost $1,814.40", () => {
    const each = charged({ price: nanos(540_000_000n), unit: "hour", durationMs: 168n * HOUR, ...one });
    expect(each * 20n).toBe(1_814_400_000_000n);
  });

  test("half a nano-dollar is rounded up, anything less down", () => {
    const usage = { price: nanos(1n), unit: "second", quantityMilli: 1_000n } as const;
    expect(chargeFor({ ...usage, durationMs: 500n })).toBe(1n);
    expect(chargeFor({ ...usage, durationMs: 499n })).toBe(0n);
    expect(chargeFor({ ...usage, durationMs: 1_500n })).toBe(2n);
  });

  test("no duration, no quantity or no price costs nothing", () => {
    expect(chargeFor({ price, unit: "hour", durationMs: 0n, ...one })).toBe(0n);
    expect(chargeFor({ price, unit: "hour", durationMs: HOUR, quantityMilli: 0n })).toBe(0n);
    expect(chargeFor({ price: nanos(0n), unit: "hour", durationMs: HOUR, ...one })).toBe(0n);
  });

  test("what costs more than $1,000,000 has no charge, however large", () => {
    const million = { price: CHARGE_MAX, unit: "hour", durationMs: HOUR } as const;
    expect(chargeFor({ ...million, quantityMilli: 1_000n })).toBe(CHARGE_MAX);
    expect(chargeFor({ ...million, quantityMilli: 1_001n })).toBeNull();
    expect(chargeFor({ ...million, quantityMilli: 10n ** 18n })).toBeNull();
  });

  test("a charge is within half a nano-dollar of the exact cost", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 11n }),
        fc.constantFrom("hour" as const, "second" as const, "gb-month" as const),
        fc.bigInt({ min: 0n, max: 366n * 24n * HOUR }),
        fc.bigInt({ min: 0n, max: 1_000_000n }),
        (perUnit, unit, durationMs, quantityMilli) => {
          const charge = chargeFor({ price: nanos(perUnit), unit, durationMs, quantityMilli });
          if (charge === null) return;
          const divisor = 1_000n * { hour: HOUR, second: 1_000n, "gb-month": 720n * HOUR }[unit];
          const doubleError = 2n * (charge * divisor - perUnit * durationMs * quantityMilli);
          expect(doubleError > -divisor && doubleError <= divisor).toBe(true);
        },
      ),
    );
  });
});

describe("runtimeFor", () => {
  test("W3: an RTX 4090 at $0.34/h runs 29 h 24 min 42 s on $10", () => {
    const runtime = runtimeFor({ price, unit: "hour", budget: nanos(10_000_000_000n) });
    expect(runtime).toBe(((29n * 60n + 24n) * 60n + 42n) * 1_000n);
    expect(runtimeText(runtime ?? 0n)).toBe("29 h 24 min 42 s");
  });

  test("the runtime it names is paid for by the budget, and a second more is not", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10_000_000n, max: 10n ** 11n }).map(nanos),
        fc.bigInt({ min: 0n, max: 10n ** 14n }).map(nanos),
        (perHour, budget) => {
          const runtime = runtimeFor({ price: perHour, unit: "hour", budget });
          if (runtime === null) throw new Error("it has a price");
          expect(perHour * runtime <= budget * HOUR).toBe(true);
          expect(perHour * (runtime + 1_000n) > budget * HOUR).toBe(true);
        },
      ),
    );
  });

  test("what is free lasts for ever", () => {
    expect(runtimeFor({ price: nanos(0n), unit: "hour", budget: nanos(1n) })).toBeNull();
  });

  test.each([
    [0n, "0 s"],
    [999n, "0 s"],
    [60_000n, "1 min"],
    [168n * HOUR, "168 h"],
    [HOUR + 1_000n, "1 h 1 s"],
  ])("%d ms are shown as %j", (durationMs, text) => {
    expect(runtimeText(durationMs)).toBe(text);
  });
});

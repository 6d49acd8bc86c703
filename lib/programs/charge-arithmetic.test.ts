import fc from "fast-check";
import { expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { exactCharge } from "./charge-arithmetic";
import { chargeFor } from "./pricing";

test("sixty minutes at $0.34 an hour cost $0.34 to the last digit, one minute a little less than it rounds to", () => {
  const price = { price: nanos(340_000_000n), unit: "hour" as const, quantityMilli: 1_000n };
  expect(exactCharge({ ...price, durationMs: 3_600_000n })).toEqual({
    dollars: "0.34",
    isWhole: true,
    rounded: 340_000_000n,
  });
  expect(exactCharge({ ...price, durationMs: 60_000n })).toEqual({
    dollars: "0.005666666666666666",
    isWhole: false,
    rounded: 5_666_667n,
  });
});

test("what is written out rounds to what is charged, whatever is metered", () => {
  const usage = fc.record({
    price: fc.bigInt({ min: 0n, max: 10n ** 12n }).map(nanos),
    unit: fc.constantFrom("hour", "second", "gb-month"),
    durationMs: fc.bigInt({ min: 0n, max: 31_622_400_000n }),
    quantityMilli: fc.bigInt({ min: 0n, max: 10_000n }),
  });
  fc.assert(
    fc.property(usage, (each) => {
      const charge = chargeFor(each);
      if (charge !== null) expect(exactCharge(each).rounded).toBe(charge);
    }),
  );
});

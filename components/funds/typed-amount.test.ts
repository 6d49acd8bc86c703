import { expect, test } from "vitest";
import { typedAmount } from "./typed-amount";

test.each([
  ["25", 25_000_000_000n],
  [" $25.5 ", 25_500_000_000n],
  ["$ 5.00", 5_000_000_000n],
  ["1,250.05", 1_250_050_000_000n],
  ["1,000,000", 1_000_000_000_000_000n],
])("%s is read as people mean it", (text, nanos) => expect(typedAmount(text)).toBe(nanos));

test.each([
  "",
  "abc",
  "25,50",
  "1.234,00",
  "5.",
  ".5",
  "5.001",
  "-5",
  "1e3",
  "25 $",
  "1,00,000",
  "٢٥",
  "NaN",
  "9".repeat(40),
])("%s is asked for again", (text) => expect(typedAmount(text)).toBeNull());

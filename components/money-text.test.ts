import { describe, expect, test } from "vitest";
import { moneyText } from "./money-text";

describe("moneyText", () => {
  test.each([
    ["18.144", "$18.14", "$18.144"],
    ["10", "$10.00", "$10.00"],
    ["0.34000002", "$0.34", "$0.34000002"],
    ["9.999999999", "$9.99", "$9.999999999"],
    ["-0.019", "−$0.01", "−$0.019"],
    ["0.0000000000001", "$0.00", "$0.0000000000001"],
    ["1814.4000000000001", "$1,814.40", "$1,814.4000000000001"],
    ["-0.0000000000003", "$0.00", "−$0.0000000000003"],
  ])("%s is shown as %s and read as %s", (amount, floored, exact) => {
    expect(moneyText(amount)).toEqual({ floored, exact });
  });

  test.each(["", "1,000", "$1", "1e3", ".5", "5.", "NaN"])("%j, which is no amount, is refused", (amount) => {
    expect(() => moneyText(amount)).toThrow(RangeError);
  });
});

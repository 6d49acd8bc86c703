import { expect, test } from "vitest";
import { typedHours } from "./typed";

const HOUR_MS = 3_600_000n;

test.each([
  ["168", 168n * HOUR_MS],
  ["168.0", 168n * HOUR_MS],
  [" 7.5 ", (15n * HOUR_MS) / 2n],
  ["0.1", 360_000n],
])("%j is so many hours of a week, exactly", (text, value) => {
  expect(typedHours(text)).toEqual({ ok: true, value });
});

test.each(["", "0", "0.0", "0.04", ".5", "1.", "0,4", "1,000", "-1", "1e1", "ten"])(
  "%j is no hours to compute with",
  (text) => {
    expect(typedHours(text)).toMatchObject({ ok: false, message: expect.stringContaining("0.1 to 168") });
  },
);

test.each(["168.1", "169", "9999999"])("a week does not have %s hours", (text) => {
  expect(typedHours(text)).toEqual({ ok: false, message: "A week has 168 hours." });
});

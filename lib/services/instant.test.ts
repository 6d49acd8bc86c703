import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readInstant } from "./instant";

describe("an instant", () => {
  test("as it is usually written is what the calendar says", () => {
    const range = { min: new Date("0001-01-01T00:00:00.000Z"), max: new Date("9999-12-31T23:59:59.999Z") };
    fc.assert(
      fc.property(fc.date({ ...range, noInvalidDate: true }), (date) => {
        expect(readInstant(date.toISOString())).toBe(date.getTime());
      }),
    );
  });

  test("reads the same with its offset written out, or with a digit more", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1000-01-01"), max: new Date("9999-01-01"), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, -1);
          expect([`${text}+00:00`, `${text}9Z`, `${text}z`].map(readInstant)).toEqual(Array(3).fill(date.getTime()));
        },
      ),
    );
  });

  test.each([
    "2026-02-29T00:00:00.000Z",
    "2026-04-31T00:00:00.000Z",
    "2026-13-01T00:00:00.000Z",
    "2026-00-01T00:00:00.000Z",
    "2026-01-00T00:00:00.000Z",
    "2026-01-01T24:00:00.000Z",
    "2026-01-01T00:60:00.000Z",
    "2026-01-01T00:00:60.000Z",
    "2026-01-01T00:00:00.00aZ",
    "2026-01-01T00:00: 1.000Z",
    "2026-01-0-T00:00:00.000Z",
    "0000-12-31T00:00:00.000Z",
  ])("that is not on the calendar or the clock is none: %s", (text) => {
    expect(readInstant(text)).toBeNull();
  });

  test("of a leap day is one", () => {
    expect(readInstant("2028-02-29T12:00:00.500Z")).toBe(Date.UTC(2028, 1, 29, 12, 0, 0, 500));
  });
});

import { describe, expect, test } from "vitest";
import { durationText } from "./duration-text";
import { instantText } from "./instant-text";
import { percentOf } from "./percent";

describe("durationText", () => {
  test.each([
    ["0", "0 s"],
    ["105882000", "29 h 24 min 42 s"],
    ["86399999", "23 h 59 min 59.999 s"],
    ["86400000", "24 h"],
    ["604800000000", "168,000 h"],
    ["60500", "1 min 0.5 s"],
  ])("%s ms is %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe("instantText", () => {
  test("is in UTC wherever it is read", () => {
    expect(instantText("2027-02-28T23:30:00.000-05:00", "second")).toBe("1 Mar 2027, 04:30:00 UTC");
  });

  test("a day alone stays that day", () => {
    expect(instantText("2026-11-01", "day")).toBe("1 Nov 2026");
  });
});

describe("percentOf", () => {
  test("a bar is full only when the last nano-dollar is there", () => {
    expect(percentOf("9.999999999", "10")).toBe(99.99);
    expect(percentOf("10", "10")).toBe(100);
    expect(percentOf("11", "10")).toBe(100);
  });

  test("nothing of nothing is an empty bar", () => {
    expect(percentOf("0", "0")).toBe(0);
  });
});

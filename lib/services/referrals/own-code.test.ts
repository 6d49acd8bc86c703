import { expect, test } from "vitest";
import { judgeOwnCode } from "./own-code";

test("a code of one's own is kept in lower case, without what was typed around it", () => {
  for (const [typed, code] of [
    [" Ravi-2026 ", "ravi-2026"],
    ["GPUS", "gpus"],
    ["a1b2", "a1b2"],
    ["x".repeat(30), "x".repeat(30)],
  ] as const) {
    expect(judgeOwnCode(typed)).toEqual({ ok: true, code });
  }
});

test("what cannot be a code is refused with what to do", () => {
  const refusals: [string, RegExp][] = [
    ["", /4 to 30 characters; this has 0/],
    ["abc", /4 to 30 characters; this has 3/],
    ["x".repeat(31), /4 to 30 characters; this has 31/],
    ["ra vi", /letters from a to z, digits and hyphens/],
    ["rävi", /letters from a to z/],
    ["ra.vi", /letters from a to z/],
    ["../r", /letters from a to z/],
    ["-ravi", /Begin and end/],
    ["ravi-", /Begin and end/],
    ["ra--vi", /no two hyphens/],
    ["Support", /kept for the platform/],
    ["sup-port", /kept for the platform/],
    ["my-ten-spot", /kept for the platform/],
  ];
  for (const [typed, words] of refusals) {
    const judged = judgeOwnCode(typed);
    expect(judged.ok ? "" : judged.detail, typed).toMatch(words);
  }
});

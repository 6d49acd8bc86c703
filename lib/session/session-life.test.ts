import { expect, test } from "vitest";
import { isFresh, SESSION_SECONDS } from "./session-life";

test("a session is fresh for twelve hours from its sign-in, and no millisecond longer", () => {
  const signedInMs = Date.parse("2026-11-22T08:00:00Z");
  const expires = new Date(signedInMs + SESSION_SECONDS * 1_000);
  const hours = (count: number) => signedInMs + count * 3_600_000;
  expect([hours(0), hours(12) - 1, hours(12), hours(24)].map((now) => isFresh(expires, now))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

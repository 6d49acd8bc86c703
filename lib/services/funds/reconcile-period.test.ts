import { expect, test } from "vitest";
import { readPeriod } from "./reconcile-period";

test("both days are included, whole, in UTC", () => {
  expect(readPeriod(["--from", "2026-11-01", "--to", "2026-11-30"])).toEqual({
    from: new Date("2026-11-01T00:00:00.000Z"),
    to: new Date("2026-12-01T00:00:00.000Z"),
  });
  const day = readPeriod(["--to", "2026-11-01", "--from", "2026-11-01"]);
  expect(day.to.getTime() - day.from.getTime()).toBe(86_400_000);
});

test.each([
  [],
  ["--from", "2026-11-01"],
  ["--from", "2026-11-31", "--to", "2026-12-01"],
  ["--from", "soon", "--to", "2026-11-02"],
  ["--from", "2026-11-1", "--to", "2026-11-02"],
  ["--since", "2026-11-01"],
  ["--from", "2026-11-02", "--to", "2026-11-01"],
])("%j %j %j %j is answered with how to ask", (...words) => {
  expect(() => readPeriod(words.filter((word) => word !== undefined))).toThrow("Usage: npm run reconcile");
});

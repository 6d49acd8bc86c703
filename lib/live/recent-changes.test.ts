import { expect, test } from "vitest";
import { RecentChanges } from "./recent-changes";

test("a change is remembered for whoever knew everything until before it, and only for them", () => {
  const recent = new RecentChanges({ now: 0, accountsMax: 10 });
  recent.note("a", 100);
  expect(recent.mayHaveChanged("a", 50)).toBe(true);
  expect(recent.mayHaveChanged("a", 100)).toBe(true);
  expect(recent.mayHaveChanged("a", 101)).toBe(false);
  expect(recent.mayHaveChanged("b", 50)).toBe(false);
});

test("nothing is denied about the time before the process began to listen", () => {
  const recent = new RecentChanges({ now: 1_000, accountsMax: 10 });
  expect(recent.mayHaveChanged("a", 999)).toBe(true);
  expect(recent.mayHaveChanged("a", 1_001)).toBe(false);
});

test("what no longer fits counts as changed, what fits is still known", () => {
  const recent = new RecentChanges({ now: 0, accountsMax: 2 });
  recent.note("a", 10);
  recent.note("b", 20);
  recent.note("a", 30);
  recent.note("c", 40);
  expect(recent.mayHaveChanged("b", 15)).toBe(true);
  expect(recent.mayHaveChanged("d", 20)).toBe(true);
  expect(recent.mayHaveChanged("d", 21)).toBe(false);
  expect(recent.mayHaveChanged("a", 25)).toBe(true);
});

test("after a lost connection everything before it may have changed", () => {
  const recent = new RecentChanges({ now: 0, accountsMax: 2 });
  recent.note("a", 10);
  recent.forget(50);
  expect(recent.mayHaveChanged("b", 50)).toBe(true);
  expect(recent.mayHaveChanged("a", 51)).toBe(false);
});

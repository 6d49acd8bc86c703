import { expect, test } from "vitest";
import { ownFigures } from "./what-if";

const week = (runtimeMs: string, spend: string) => Array.from({ length: 7 }, () => ({ runtimeMs, spend }));

test("a template's own figures are its users, the hours each ran it and what an hour cost", () => {
  // Two users, 24 h a day together at $0.54 an hour.
  expect(ownFigures(2, week("86400000", "12.96"))).toEqual({ users: "2", price: "0.54", hours: "84" });
});

test("hours stay within a week and are at least one, prices are whole cents where they have any", () => {
  expect(ownFigures(1, week("864000000", "12.967"))).toMatchObject({ hours: "168", price: "0.05" });
  expect(ownFigures(50, week("3600000", "0.001"))).toMatchObject({ hours: "1", price: "0.001" });
});

test("there are none where nothing ran that earns", () => {
  expect(ownFigures(0, week("3600000", "1"))).toBeNull();
  expect(ownFigures(3, week("3600000", "0"))).toBeNull();
  expect(ownFigures(3, week("1000", "0.01"))).toBeNull();
});

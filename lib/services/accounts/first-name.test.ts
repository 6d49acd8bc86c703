import { expect, test } from "vitest";
import { firstNameIn } from "./first-name";

test("a first name is the first word of a name, in whatever letters", () => {
  const names = ["Ravi Patel", "  Ines ", "Zoë-Anne Müller", "O’Brien", "Ольга Петрова", "愛"];
  expect(names.map(firstNameIn)).toEqual(["Ravi", "Ines", "Zoë-Anne", "O’Brien", "Ольга", "愛"]);
});

test("what is no name is not shown to strangers", () => {
  const others = [
    null,
    "",
    "  ",
    "evil.example now",
    "https://evil.example",
    "$500",
    "<b>",
    "A1",
    "x".repeat(25),
    "🎁",
  ];
  expect(others.map(firstNameIn)).toEqual(others.map(() => null));
});

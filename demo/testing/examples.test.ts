import { expect, test } from "vitest";
import { exampleNames } from "@/lib/testing/example-figures";
import { exampleTable } from "./examples";

const all = exampleNames.map((example) => ({ example, what: "debt", expected: "3", found: "3" }));

test("a table of every example, each figure as it was found", () => {
  const { lines, failed } = exampleTable([...all, { example: "W1", what: "paid", expected: "10", found: "10" }]);
  expect(lines.slice(0, 3)).toEqual(["W1   debt   3  holds", "     paid  10  holds", "W2   debt   3  holds"]);
  expect(failed).toEqual([]);
});

test("an example that nobody compared is missing, and fails", () => {
  const { lines, failed } = exampleTable(all.filter(({ example }) => example !== "W13"));
  expect(failed).toEqual(["W13"]);
  expect(lines.filter((line) => line.endsWith("MISSING"))).toHaveLength(1);
});

test("a figure that is not as it must be says what it must be, and fails", () => {
  const { lines, failed } = exampleTable([...all, { example: "W13", what: "promo", expected: "0", found: "4" }]);
  expect(failed).toEqual(["W13"]);
  expect(lines.find((line) => line.includes("promo"))).toMatch(/4 {2}NOT 0$/);
});

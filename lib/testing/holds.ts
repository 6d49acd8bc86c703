import { expect } from "vitest";
import { type ExampleName, keepFigure } from "./example-figures";

type Comparable = string | number | boolean | bigint | null | undefined;

const shown = (value: Comparable | readonly Comparable[]): string =>
  Array.isArray(value) ? value.map(String).join(" · ") : String(value);

/**
 * One figure of a worked example: compared here, and kept as it was found for the table that a whole run prints.
 * @throws when it is not what the example says
 */
export function holds(
  example: ExampleName,
  what: string,
  found: Comparable | readonly Comparable[],
  expected: Comparable | readonly Comparable[],
): void {
  keepFigure({ example, what, expected: shown(expected), found: shown(found) });
  expect(found, `${example}: ${what}`).toEqual(expected);
}

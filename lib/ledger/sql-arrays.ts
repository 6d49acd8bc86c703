/**
 * A Postgres array literal. Built here and not by the driver because the flood spends its time in it: a batch is
 * some twenty arrays of a thousand values.
 */
export function arrayLiteral(values: readonly (bigint | number | boolean | string)[]): string {
  return `{${values.join(",")}}`;
}

const needsEscape = /["\\]/;

/** An array literal of free text; null stays null. */
export function textArrayLiteral(values: readonly (string | null)[]): string {
  return `{${values.map(quoted).join(",")}}`;
}

function quoted(value: string | null): string {
  if (value === null) return "NULL";
  return needsEscape.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : `"${value}"`;
}

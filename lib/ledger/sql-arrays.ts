/**
 * A Postgres array literal. Built here and not by the driver because the flood spends its time in it: a batch is
 * some twenty arrays of a thousand values.
 */
export function arrayLiteral(values: readonly (bigint | number | boolean | string)[]): string {
  return `{${values.join(",")}}`;
}

const needsEscape = /["\\]/g;

/** An array literal of free text; null stays null. */
export function textArrayLiteral(values: readonly (string | null)[]): string {
  const parts = values.map((value) => (value === null ? "NULL" : `"${value.replace(needsEscape, "\\$&")}"`));
  return `{${parts.join(",")}}`;
}

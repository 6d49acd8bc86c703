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

/**
 * SQL of arrays side by side as the rows of a subquery, by the names of its columns. In the select list, because there
 * Postgres takes values one by one; of arrays in FROM it first makes a table each, which costs twice as much.
 */
export const rowsOf = (columns: Readonly<Record<string, string>>): string =>
  `(select ${Object.entries(columns)
    .map(([name, array]) => `unnest(${array}) as ${name}`)
    .join(", ")})`;

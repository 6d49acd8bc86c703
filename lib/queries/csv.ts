/** What a spreadsheet would take for a formula begins so: such a value is written as text. */
const formula = /^[=+\-@\t\r]/;

/** One line of RFC 4180, with its end. */
export const csvLine = (values: readonly string[]): string => `${values.map(cell).join(",")}\r\n`;

function cell(value: string): string {
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

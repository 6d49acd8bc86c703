/** What a spreadsheet would take for a formula begins so: such a value is written as text, unless it is a number. */
const formula = /^[=+\-@\t\r]/;
const number = /^-?\d+(\.\d+)?$/;

/** One line of RFC 4180, with its end. */
export const csvLine = (values: readonly string[]): string => `${values.map(cell).join(",")}\r\n`;

function cell(value: string): string {
  const text = formula.test(value) && !number.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

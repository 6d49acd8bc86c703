/** A row by the names of its columns. */
export interface CsvRow {
  /** Line number in the file; the header is line 1. */
  line: number;
  /** @throws Error when the file has no such column. */
  field(name: string): string;
}

/** The names of the columns. */
export const headerOf = (text: string): string[] => (text.split(/\r?\n/, 1)[0] ?? "").split(",");

/**
 * Rows of a plain file: fields without quotes, separated by commas.
 * @throws Error naming the line that is not of that kind.
 */
export function* csvRows(text: string): Generator<CsvRow> {
  const names = headerOf(text);
  const places = new Map(names.map((name, place) => [name, place]));
  const lines = text.split(/\r?\n/);
  for (const [index, content] of lines.entries()) {
    if (index === 0 || content === "") continue;
    const line = index + 1;
    const fields = content.split(",");
    if (fields.length !== names.length || content.includes('"')) {
      throw new Error(`Line ${line} is not ${names.length} plain fields separated by commas.`);
    }
    yield {
      line,
      field: (name) => {
        const value = fields[places.get(name) ?? -1];
        if (value === undefined) throw new Error(`The file has no column ${name}.`);
        return value;
      },
    };
  }
}

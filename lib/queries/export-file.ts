import "server-only";
import { csvLine } from "./csv";
import { textStream } from "./text-stream";

export const exportFormats = ["csv", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

interface ExportedRows<T> {
  format: ExportFormat;
  /** Some at a time, in the order of the file. */
  rows: AsyncIterable<readonly T[]>;
  /** The columns of the CSV by their name. */
  columns: Readonly<Record<string, (row: T) => string>>;
}

/** The file, some text at a time: CSV with a head line, or one JSON array of the rows as they are. */
async function* textOf<T>({ format, rows, columns }: ExportedRows<T>): AsyncGenerator<string> {
  if (format === "csv") {
    yield csvLine(Object.keys(columns));
    const reads = Object.values(columns);
    for await (const some of rows) yield some.map((row) => csvLine(reads.map((read) => read(row)))).join("");
    return;
  }
  let before = "[\n";
  for await (const some of rows) {
    yield before + some.map((row) => JSON.stringify(row)).join(",\n");
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

/** The same as bytes that are made only as fast as they are taken: memory does not grow with the number of rows. */
export const exportFile = <T>(exported: ExportedRows<T>): ReadableStream<Uint8Array> => textStream(textOf(exported));

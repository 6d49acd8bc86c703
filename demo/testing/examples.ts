import { exampleNames, type Figure } from "@/lib/testing/example-figures";

export interface ExampleTable {
  lines: string[];
  /** Examples of which no figure was compared, or one was not as it must be. */
  failed: string[];
}

interface Row {
  example: string;
  what: string;
  found: string;
  verdict: string;
}

/** The worked examples with every figure that was compared and what it was; one that no test compared is missing. */
export function exampleTable(figures: readonly Figure[]): ExampleTable {
  const failed = new Set<string>();
  const rows = exampleNames.flatMap((example): Row[] => {
    const own = figures.filter((figure) => figure.example === example);
    if (own.length > 0) return own.map(rowOf);
    return [{ example, what: "", found: "", verdict: "MISSING" }];
  });
  for (const { example, verdict } of rows) if (verdict !== "holds") failed.add(example);
  const width = (read: (row: Row) => string) => Math.max(...rows.map((row) => read(row).length));
  const widths = { what: width(({ what }) => what), found: width(({ found }) => found) };
  const lines = rows.map(({ example, what, found, verdict }, index) => {
    const name = rows[index - 1]?.example === example ? "" : example;
    return `${name.padEnd(3)}  ${what.padEnd(widths.what)}  ${found.padStart(widths.found)}  ${verdict}`;
  });
  return { lines, failed: [...failed] };
}

function rowOf({ example, what, expected, found }: Figure): Row {
  return { example, what, found, verdict: found === expected ? "holds" : `NOT ${expected}` };
}

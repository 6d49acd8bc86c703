import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/** The worked examples of the programs, each of which must hold exactly. */
export const exampleNames = [
  "W1",
  "W2",
  "W3",
  "W4",
  "W5",
  "W6",
  "W7",
  "W8",
  "W9",
  "W10",
  "W11",
  "W12",
  "W13",
  "W14",
  "W15",
  "W16",
  "W17",
  "W18",
] as const;
export type ExampleName = (typeof exampleNames)[number];

const Figure = z.object({ example: z.enum(exampleNames), what: z.string(), expected: z.string(), found: z.string() });

/** One figure of an example: what was compared, what it had to be, what it was. */
export type Figure = z.infer<typeof Figure>;

/** Where tests leave their figures: named by whoever runs them and wants the table. */
export const figuresVariable = "EXAMPLE_FIGURES";

/** Keeps a figure where somebody asked for it; files run side by side, and a line is written whole. */
export function keepFigure(figure: Figure): void {
  const file = process.env[figuresVariable];
  if (file) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

/** The figures that were kept, in the order they were compared; none where nothing was. */
export function readFigures(file: string): Figure[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Figure.parse(JSON.parse(line)));
}

import { readFile } from "node:fs/promises";
import path from "node:path";
import PDFDocument from "pdfkit";
import { RIM, WAVES } from "@/components/shell/brand-mark";

/** What every paper has. */
export interface PaperFrame {
  /** "Receipt 2026-000042" */
  title: string;
  /** ISO 8601. The only instant in the file: the same paper is the same bytes whenever it is asked for. */
  issuedAt: string;
  author: string;
}

export type Paper = InstanceType<typeof PDFDocument>;

/** A4, in points. */
export const LEFT = 56;
export const WIDTH = 595.28 - 2 * LEFT;
const BOTTOM = 64;

export const INK = "#1a1f1b";
export const MUTED = "#586159";
export const LINE = "#dddcd0";
const ACCENT = "#1d6a46";

const fontsFolder = path.join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans");
const fonts = { regular: "Geist-Regular.ttf", medium: "Geist-Medium.ttf", bold: "Geist-SemiBold.ttf" } as const;
type Font = keyof typeof fonts;

let loaded: Promise<[Font, Buffer][]> | null = null;
const fontFiles = () => {
  loaded ??= Promise.all(
    (["regular", "medium", "bold"] as const).map(
      async (font): Promise<[Font, Buffer]> => [font, await readFile(path.join(fontsFolder, fonts[font]))],
    ),
  );
  return loaded;
};

/** Draws a paper in the look of the house: the mark and the title above, its name and the page's number below. */
export async function makePaper(frame: PaperFrame, draw: (paper: Paper) => void): Promise<Uint8Array<ArrayBuffer>> {
  const date = new Date(frame.issuedAt);
  const paper = new PDFDocument({
    size: "A4",
    margins: { top: LEFT, left: LEFT, right: LEFT, bottom: BOTTOM },
    bufferPages: true,
    lang: "en",
    displayTitle: true,
    info: { Title: frame.title, Author: frame.author, Creator: "Tenspot", CreationDate: date, ModDate: date },
  });
  const parts: Buffer[] = [];
  paper.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    paper.once("end", resolve);
    paper.once("error", reject);
  });
  for (const [font, file] of await fontFiles()) paper.registerFont(font, file);
  head(paper, frame);
  draw(paper);
  number(paper, frame);
  paper.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}

function head(paper: Paper, { title }: PaperFrame): void {
  paper.save().translate(LEFT, LEFT).scale(0.28).path(RIM).fill(ACCENT);
  paper.path(WAVES).lineWidth(4).stroke("#ffffff").restore();
  paper
    .font("bold")
    .fontSize(13)
    .fillColor(INK)
    .text("Tenspot", LEFT + 36, LEFT + 7);
  paper
    .font("bold")
    .fontSize(20)
    .text(title, LEFT, LEFT + 54, { width: WIDTH });
  paper.moveDown(0.6);
}

function number(paper: Paper, { title }: PaperFrame): void {
  const { count } = paper.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    paper.switchToPage(page);
    // Below the margin a line of text would begin a page of its own.
    paper.page.margins.bottom = 0;
    paper.font("regular").fontSize(8).fillColor(MUTED);
    paper.text(`${title} · page ${page + 1} of ${count}`, LEFT, paper.page.height - 40, {
      width: WIDTH,
      align: "right",
    });
  }
}

/** Blocks of lines beside each other, each below its name. */
export function writeBlocks(paper: Paper, blocks: readonly { name: string; lines: readonly string[] }[]): void {
  const top = paper.y + 8;
  const width = WIDTH / blocks.length;
  const bottoms = blocks.map(({ name, lines }, place) => {
    const left = LEFT + place * width;
    paper
      .font("regular")
      .fontSize(8.5)
      .fillColor(MUTED)
      .text(name, left, top, { width: width - 12 });
    for (const line of lines)
      paper
        .fontSize(10)
        .fillColor(INK)
        .text(line, { width: width - 12 });
    return paper.y;
  });
  paper.x = LEFT;
  paper.y = Math.max(...bottoms) + 18;
}

export interface PaperRow {
  text: string;
  /** Right-aligned, from the right edge inwards: the last is outermost. */
  figures: readonly string[];
  look?: "plain" | "strong";
}

const FIGURE_WIDTH = 112;

/** A table of words and figures; the last column is the one that is read. */
export function writeRows(paper: Paper, heads: PaperRow, rows: readonly PaperRow[]): void {
  writeRow(paper, heads, { font: "regular", size: 8.5, colour: MUTED });
  for (const row of rows) {
    const strong = row.look === "strong";
    writeRow(paper, row, { font: strong ? "bold" : "regular", size: strong ? 11 : 10, colour: INK });
  }
  paper.y += 10;
}

function writeRow(
  paper: Paper,
  { text, figures }: PaperRow,
  { font, size, colour }: { font: Font; size: number; colour: string },
): void {
  const wordsWidth = WIDTH - figures.length * FIGURE_WIDTH - 8;
  paper.font(font).fontSize(size);
  const height = paper.heightOfString(text, { width: wordsWidth }) + 10;
  if (paper.y + height > paper.page.height - BOTTOM) paper.addPage();
  const top = paper.y + 5;
  paper.fillColor(colour).text(text, LEFT, top, { width: wordsWidth });
  for (const [place, figure] of figures.entries()) {
    const left = LEFT + WIDTH - (figures.length - place) * FIGURE_WIDTH;
    paper.text(figure, left, top, { width: FIGURE_WIDTH, align: "right", features: ["tnum"] });
  }
  paper.x = LEFT;
  paper.y = top - 5 + height;
  paper
    .moveTo(LEFT, paper.y)
    .lineTo(LEFT + WIDTH, paper.y)
    .lineWidth(0.6)
    .stroke(LINE);
}

/** A name for the rows that follow. */
export function writeHeading(paper: Paper, text: string): void {
  if (paper.y + 90 > paper.page.height - BOTTOM) paper.addPage();
  paper
    .font("bold")
    .fontSize(12)
    .fillColor(INK)
    .text(text, LEFT, paper.y + 8, { width: WIDTH });
  paper.moveDown(0.2);
}

/** The number somebody opened the paper for. */
export function writeFigure(
  paper: Paper,
  { label, amount, note }: { label: string; amount: string; note?: string },
): void {
  paper.font("regular").fontSize(8.5).fillColor(MUTED).text(label, LEFT, paper.y, { width: WIDTH });
  paper
    .font("bold")
    .fontSize(28)
    .fillColor(INK)
    .text(amount, { features: ["tnum"] });
  if (note !== undefined) paper.font("regular").fontSize(9).fillColor(MUTED).text(note);
  paper.moveDown(0.8);
}

export function writeNote(paper: Paper, text: string): void {
  paper
    .font("regular")
    .fontSize(9)
    .fillColor(MUTED)
    .text(text, LEFT, paper.y + 4, { width: WIDTH, lineGap: 1.5 });
}

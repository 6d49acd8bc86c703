/** Upper bounds of how wide a glyph of Geist semi-bold is, in its own size: digits and signs, and what parts them. */
const GLYPH = 0.69;
const GAP = 0.24;

const isGap = (glyph: string): boolean => /[\s.,]/.test(glyph);

/**
 * The size of the letters of an amount on a note: the longer it is the smaller, so that it stays on one line.
 * @param room how wide it may be, and `most` the size of one that is short, both in the unit of the result
 */
export function worthSize(worth: string, { room, most }: { room: number; most: number }): number {
  const width = [...worth].reduce((sum, glyph) => sum + (isGap(glyph) ? GAP : GLYPH), 0);
  return Math.min(most, room / width);
}

import type { Stroke } from "./curve";
import { NOTE_HEIGHT, NOTE_WIDTH, noteStrokes } from "./note-strokes";

/** Of a line, in the note's own units. */
const LINE = 0.6;

/**
 * An engraved note as a picture by itself, for what is drawn without a browser. Lines are as thin in its small parts as
 * in its large ones, which such a painter cannot be told by a rule: each place says its own width.
 * @param seed hex digits: the same seed always gives the same note.
 */
export function noteSvg(seed: string, colour: string): string {
  const { ground, frame, rosettes } = noteStrokes(seed);
  const parts = [`<g opacity="0.3">${drawn(ground)}</g>`, `<g>${drawn(frame)}</g>`, `<g>${drawn(rosettes)}</g>`].join(
    "",
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${NOTE_WIDTH} ${NOTE_HEIGHT}" width="${NOTE_WIDTH}" height="${NOTE_HEIGHT}" fill="none" stroke="${colour}">${parts}</svg>`;
}

const drawn = (strokes: readonly Stroke[]): string =>
  strokes
    .flatMap(({ d, places }) =>
      places.map((place) => `<path d="${d}" transform="${place}" stroke-width="${LINE / scaleOf(place)}"/>`),
    )
    .join("");

const scaleOf = (place: string): number => Number(/scale\(([0-9.]+)\)/.exec(place)?.[1] ?? 1);

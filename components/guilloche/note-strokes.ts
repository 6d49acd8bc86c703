import { between, type Chance, chanceFrom } from "./chance";
import { curve, type Stroke } from "./curve";
import { ribbon } from "./ribbon";
import { rosette } from "./rosette";

/** The proportions of a banknote. */
export const NOTE_WIDTH = 1000;
export const NOTE_HEIGHT = 425;

const FRAME = 38;
const FRAME_REACH = 17;
const CORNER = 64;
const SEAL = { x: 745, y: NOTE_HEIGHT / 2, scale: 0.29 };

export interface NoteStrokes {
  /** The pale waves all over the paper. */
  ground: readonly Stroke[];
  frame: readonly Stroke[];
  /** The seal, and one in each corner. */
  rosettes: readonly Stroke[];
}

/** Everything engraved on a note. @param seed hex digits: the same seed always gives the same note. */
export function noteStrokes(seed: string): NoteStrokes {
  const chance = chanceFrom(seed);
  const right = NOTE_WIDTH - FRAME;
  const bottom = NOTE_HEIGHT - FRAME;
  const across = { x: CORNER, length: NOTE_WIDTH - 2 * CORNER, reach: FRAME_REACH };
  const down = { y: CORNER, length: NOTE_HEIGHT - 2 * CORNER, reach: FRAME_REACH, quarters: 1 } as const;
  const corners = [FRAME, right].flatMap((x) => [FRAME, bottom].map((y) => `translate(${x} ${y})scale(0.055)`));
  return {
    ground: [ground(chance)],
    frame: [
      ribbon(chance, { ...across, y: FRAME }),
      ribbon(chance, { ...across, y: bottom }),
      ribbon(chance, { ...down, x: FRAME }),
      ribbon(chance, { ...down, x: right }),
    ],
    rosettes: [
      ...placed(rosette(seed, 3), [`translate(${SEAL.x} ${SEAL.y})scale(${SEAL.scale})`]),
      ...placed(rosette(`${seed}c0`, 1), corners),
    ],
  };
}

/** The same strokes at each of several spots. */
const placed = (strokes: readonly Stroke[], spots: readonly string[]): Stroke[] =>
  strokes.map(({ d, places }) => ({ d, places: spots.flatMap((spot) => places.map((place) => spot + place)) }));

const GROUND_LINES = 27;

function ground(chance: Chance): Stroke {
  const left = CORNER;
  const length = NOTE_WIDTH - 2 * CORNER;
  const waves = between(chance, 3, 7);
  const phase = chance() * 2 * Math.PI;
  const at = (part: number) => ({
    x: left + part * length,
    y: 9 * Math.sin(2 * Math.PI * waves * part + phase) + 5 * Math.sin(2 * Math.PI * (waves * 2 + 1) * part),
  });
  const gap = (NOTE_HEIGHT - 2 * CORNER - 20) / (GROUND_LINES - 1);
  return {
    d: curve(at, waves * 14, false),
    places: Array.from({ length: GROUND_LINES }, (_, line) => `translate(0 ${(CORNER + 10 + line * gap).toFixed(1)})`),
  };
}

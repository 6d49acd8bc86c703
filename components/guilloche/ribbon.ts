import { between, type Chance } from "./chance";
import { curve, type Stroke } from "./curve";

interface Ribbon {
  /** Where its axis starts, and how long it is. */
  x: number;
  y: number;
  length: number;
  /** From its axis to either side. */
  reach: number;
  /** Quarter turns of the whole about its start. */
  quarters?: 0 | 1;
}

/** How many repeats of its pattern a ribbon is made of, at about this length each. */
const REPEAT_LENGTH = 110;

/** A straight band of woven waves: one repeat is engraved, the rest is the same strokes put beside it. */
export function ribbon(chance: Chance, { x, y, length, reach, quarters = 0 }: Ribbon): Stroke {
  const repeats = Math.max(1, Math.round(length / REPEAT_LENGTH));
  const step = length / repeats;
  const waves = between(chance, 2, 3);
  const strands = between(chance, 4, 6);
  const pinch = 0.15 + chance() * 0.25;
  const places = Array.from(
    { length: repeats },
    (_, index) => `translate(${x} ${y})rotate(${quarters * 90})translate(${Number((index * step).toFixed(2))})`,
  );
  const strand = (index: number) => (part: number) => ({
    x: part * step,
    y:
      reach *
      (1 - pinch + pinch * Math.cos(2 * Math.PI * part)) *
      Math.sin(2 * Math.PI * (waves * part + index / strands)),
  });
  const d = Array.from({ length: strands }, (_, index) => curve(strand(index), waves * 6, false)).join("");
  return { d, places };
}

import { between, type Chance, chanceFrom, oneOf } from "./chance";
import { curve, type Stroke } from "./curve";

/** Half the side of the square a rosette is drawn in; its centre is 0, 0. */
export const ROSETTE_RADIUS = 500;

/**
 * The line work of one rosette: `rings` families of woven waves, from the rim inwards. The same seed always gives the
 * same strokes.
 * @param seed hex digits
 */
export function rosette(seed: string, rings: 1 | 2 | 3): Stroke[] {
  const chance = chanceFrom(seed);
  return bounds[rings].map(([inner, outer]) =>
    ring(chance, { inner, outer, lobes: oneOf(chance, [8, 9, 10, 11, 12, 13]) }),
  );
}

/** From where to where each ring reaches; they overlap a little, so that the weave has no gaps. */
const bounds = {
  1: [[120, 490]],
  2: [
    [250, 490],
    [30, 290],
  ],
  3: [
    [320, 490],
    [150, 350],
    [15, 190],
  ],
} as const;

interface Ring {
  inner: number;
  outer: number;
  lobes: number;
}

/**
 * A wave that runs `lobes × n + shift` times around: turned by one lobe it lies on the same envelope with another
 * phase, so `lobes` copies of one stroke fill the ring.
 */
function ring(chance: Chance, { inner, outer, lobes }: Ring): Stroke {
  const shift = oneOf(chance, coprimes(lobes));
  const waves = lobes * between(chance, 1, 2) + shift;
  const middle = (inner + outer) / 2;
  const reach = (outer - inner) / 2;
  // The nearer the centre, the flatter the scallops: long ones there would look like petals.
  const scallop = (0.08 + chance() * 0.22) * (outer / ROSETTE_RADIUS);
  const pinch = 0.2 + chance() * 0.3;
  const at = (part: number) => {
    const angle = part * 2 * Math.PI;
    const lobe = Math.cos(lobes * angle);
    const swing = reach * (1 - scallop) * (1 - pinch + pinch * lobe);
    const radius = middle + reach * scallop * lobe + swing * Math.sin(waves * angle);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  };
  const turn = 360 / lobes;
  return {
    d: curve(at, waves * 6, true),
    places: Array.from({ length: lobes }, (_, index) => `rotate(${Number((index * turn).toFixed(2))})`),
  };
}

function coprimes(lobes: number): [number, ...number[]] {
  const others = Array.from({ length: lobes - 2 }, (_, index) => index + 2).filter((n) => divisor(n, lobes) === 1);
  return [1, ...others];
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

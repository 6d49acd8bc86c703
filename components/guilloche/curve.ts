interface Point {
  x: number;
  y: number;
}

/** One stroke, drawn once for each place it is put at: turning and shifting one curve is what makes the weave. */
export interface Stroke {
  /** SVG path data in whole units. */
  d: string;
  /** SVG transforms. */
  places: readonly string[];
}

/** How far apart the two samples are from which a tangent is taken, as a share of one step. */
const TANGENT_SHARE = 1e-3;

/**
 * Path data through `steps` equal parts of `at`, which is given 0 to 1. Cubic pieces with the curve's own tangents, so
 * that few are needed; each continues the last one's tangent, so that only its second handle has to be written.
 */
export function curve(at: (part: number) => Point, steps: number, closed: boolean): string {
  const handle = (index: number): Point => {
    const delta = TANGENT_SHARE / steps;
    const before = at(index / steps - delta);
    const after = at(index / steps + delta);
    const third = 1 / (2 * TANGENT_SHARE * 3);
    return { x: (after.x - before.x) * third, y: (after.y - before.y) * third };
  };
  let from = rounded(at(0));
  const leave = handle(0);
  let data = `M${from.x} ${from.y}`;
  for (let index = 1; index <= steps; index++) {
    const to = closed && index === steps ? rounded(at(0)) : rounded(at(index / steps));
    const arrive = handle(closed && index === steps ? 0 : index);
    const second = pair(to.x - arrive.x - from.x, to.y - arrive.y - from.y);
    const end = pair(to.x - from.x, to.y - from.y);
    data += index === 1 ? `c${pair(leave.x, leave.y)}${joined(second)}${joined(end)}` : `s${second}${joined(end)}`;
    from = to;
  }
  return closed ? `${data}z` : data;
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });
const pair = (x: number, y: number): string => `${Math.round(x) || 0}${joined(`${Math.round(y) || 0}`)}`;
/** A minus separates by itself. */
const joined = (text: string): string => (text.startsWith("-") ? text : ` ${text}`);

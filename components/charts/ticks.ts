/** Steps that people count in, within a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10] as const;
/** So many steps at most: the fewest that still let a bar be read. */
const STEPS_MAX = 4;

export interface Ticks {
  /** From zero up, at even steps; the last is at or above the highest value. */
  values: number[];
  step: number;
}

/** Round ticks for an axis from zero to a highest value. @param least the smallest step that means anything, such as 1 for counts */
export function roundTicks(highest: number, least = 0): Ticks {
  if (highest <= 0) return { values: [0, 1], step: 1 };
  const wanted = Math.max(highest / STEPS_MAX, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = (STEPS.find((each) => each * power >= wanted * (1 - 1e-9)) ?? 10) * power;
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  // Multiplied, not added up, and rid of what floats add behind the last digit.
  return { values: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12))), step };
}

/** Decimals that tell one step from the next. */
const decimalsOf = (step: number): number => {
  // Steps have at most two digits that count; what floats add lies far behind them.
  const [, fraction = ""] = Number(step.toPrecision(6)).toFixed(15).replace(/0+$/, "").split(".");
  return fraction.length;
};

const number = (value: number, decimals: number): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** Above so much a tick is told in thousands. */
const THOUSANDS_FROM = 10_000;

function short(value: number, step: number, decimals: number): string {
  return value >= THOUSANDS_FROM && step >= 100
    ? `${number(value / 1_000, decimalsOf(step / 1_000))}k`
    : number(value, decimals);
}

/** A tick of a dollar axis, with as many digits as the step between two needs. Never an amount of ours. */
export function dollarTick(value: number, step: number): string {
  const decimals = decimalsOf(step);
  return `$${short(value, step, decimals === 0 ? 0 : Math.max(2, decimals))}`;
}

/** How runtime is counted on an axis. */
export interface TimeUnit {
  word: "s" | "min" | "h";
  ms: number;
}

/** The unit in which the longest runtime is a number people read at a glance. */
export function timeUnit(longestMs: number): TimeUnit {
  if (longestMs >= 2 * 3_600_000) return { word: "h", ms: 3_600_000 };
  return longestMs >= 2 * 60_000 ? { word: "min", ms: 60_000 } : { word: "s", ms: 1_000 };
}

/** A tick of an axis of runtime, in its unit. */
export const timeTick = (value: number, step: number, { word }: TimeUnit): string =>
  `${short(value, step, decimalsOf(step))} ${word}`;

/** Numbers from 0 (included) to 1 (excluded), always the same ones for the same seed. */
export type Chance = () => number;

/**
 * The SFC32 generator over the digits of `seed` (hex; every digit counts). It only shapes line work: nothing of value
 * may depend on it.
 */
export function chanceFrom(seed: string): Chance {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  const step = (word: number): number => {
    const out = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = (b ^ (b >>> 9) ^ word) | 0;
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + out;
    return out >>> 0;
  };
  for (const group of seed.match(/[0-9a-f]{1,8}/gi) ?? []) step(Number.parseInt(group, 16));
  for (let round = 0; round < 12; round++) step(0);
  return () => step(0) / 2 ** 32;
}

/** A whole number from `min` to `max`, both included. */
export const between = (chance: Chance, min: number, max: number): number =>
  min + Math.floor(chance() * (max - min + 1));

/** One of `options`, all equally likely. */
export const oneOf = <T>(chance: Chance, options: readonly [T, ...T[]]): T =>
  options[Math.floor(chance() * options.length)] ?? options[0];

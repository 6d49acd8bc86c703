import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Stroke } from "./curve";
import { noteStrokes } from "./note-strokes";
import { ROSETTE_RADIUS, rosette } from "./rosette";

const seeds = fc.stringMatching(/^[0-9a-f]{64}$/);

/** What the strokes come to as markup: each path once, and a reference for each place. */
const markupLength = (strokes: readonly Stroke[]): number =>
  strokes.reduce((sum, { d, places }) => sum + d.length + places.join("").length + places.length * 40, 0);

const all = (seed: string): Stroke[] => {
  const { ground, frame, rosettes } = noteStrokes(seed);
  return [...ground, ...frame, ...rosettes];
};

test("the same seed always engraves the same note", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(noteStrokes(seed)).toEqual(noteStrokes(seed));
    }),
    { numRuns: 20 },
  );
});

test("a note engraved once is engraved the same by every later version", () => {
  const strokes = JSON.stringify(noteStrokes("9f2c4ab8".repeat(8)));
  expect(createHash("sha256").update(strokes).digest("hex")).toBe(
    "2492e577fba556e36fd495755af16d00d15120c22dd053683b56f0c00f4ea036",
  );
});

test("a single other digit engraves another note", () => {
  fc.assert(
    fc.property(seeds, fc.nat(63), (seed, position) => {
      const digit = seed[position] === "0" ? "1" : "0";
      const other = seed.slice(0, position) + digit + seed.slice(position + 1);
      expect(JSON.stringify(noteStrokes(other))).not.toBe(JSON.stringify(noteStrokes(seed)));
    }),
    { numRuns: 50 },
  );
});

test("no note is more than 30 kB of markup, and no rosette more than 10 kB", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(markupLength(all(seed))).toBeLessThan(30_000);
      expect(markupLength(rosette(seed, 3))).toBeLessThan(10_000);
    }),
    { numRuns: 60 },
  );
});

test("a rosette stays inside its square and ends where it began", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      for (const { d } of rosette(seed, 3)) {
        let [x = 0, y = 0] = numbers(d.slice(1, d.indexOf("c")));
        const start = [x, y];
        let reach = 0;
        for (const [dx, dy] of ends(d)) {
          x += dx;
          y += dy;
          reach = Math.max(reach, Math.hypot(x, y));
        }
        expect(reach).toBeLessThanOrEqual(ROSETTE_RADIUS);
        expect([x, y]).toEqual(start);
      }
    }),
    { numRuns: 50 },
  );
});

const numbers = (text: string): number[] => (text.match(/-?\d+/g) ?? []).map(Number);

/** Where each piece of a path ends, from where it began. */
const ends = (d: string): [number, number][] =>
  (d.match(/[cs][^csz]+/g) ?? []).map((piece) => {
    const [dx = 0, dy = 0] = numbers(piece).slice(-2);
    return [dx, dy];
  });

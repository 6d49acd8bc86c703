import { expect, test } from "vitest";
import { noteStrokes } from "./note-strokes";
import { noteSvg } from "./note-svg";

const seed = "9f2c4ab8".repeat(8);

test("a note's picture has every stroke of the note at every place, all as thin", () => {
  const svg = noteSvg(seed, "#1d6a46");
  const { ground, frame, rosettes } = noteStrokes(seed);
  const strokes = [...ground, ...frame, ...rosettes];
  const drawn = [...svg.matchAll(/<path d="([^"]+)" transform="([^"]+)" stroke-width="([^"]+)"\/>/g)];
  expect(drawn.map(([, d, place]) => [d, place])).toEqual(
    strokes.flatMap(({ d, places }) => places.map((place) => [d, place])),
  );
  const widths = drawn.map(
    ([, , place = "", width]) => Number(width) * Number(/scale\(([0-9.]+)\)/.exec(place)?.[1] ?? 1),
  );
  expect(new Set(widths.map((width) => width.toFixed(6)))).toEqual(new Set(["0.600000"]));
});

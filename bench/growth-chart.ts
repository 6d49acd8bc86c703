import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sources } from "@/demo/folders";
import type { GrowthPoint } from "./growth-points";

const WIDTH = 720;
const HEIGHT = 360;
const EDGE = { left: 64, right: 150, top: 40, bottom: 48 };
const INKS = ["#0f766e", "#b45309", "#4338ca", "#be185d"];

/** Draws what an event costs by what is behind it, a line for each number of accounts, into the docs. */
export function drawGrowth(points: readonly GrowthPoint[]): void {
  const folder = path.join(sources, "docs/pictures");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "growth.svg"), growthChart(points));
}

export function growthChart(points: readonly GrowthPoint[]): string {
  const cost = ({ clientMicros, serverMicros }: GrowthPoint) => clientMicros + serverMicros;
  const events = [...new Set(points.map((each) => each.events))].sort((a, b) => a - b);
  const most = niceTop(Math.max(1, ...points.map(cost)));
  const [least = 1, last = 1] = [events[0], events.at(-1)];
  const span = Math.log(last / least) || 1;
  const x = (behind: number) => EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * Math.log(behind / least)) / span;
  const y = (micros: number) => HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * micros) / most;
  const text = (at: { x: number; y: number }, words: string, more = "") =>
    `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" ${more}>${words}</text>`;
  const parts = [
    text({ x: EDGE.left, y: 22 }, "Processor time of an event by the events behind it", 'font-weight="600"'),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
      `<path d="M${EDGE.left} ${y(most * share).toFixed(1)}H${WIDTH - EDGE.right}" stroke="#8884" fill="none"/>`,
      text({ x: EDGE.left - 8, y: y(most * share) + 4 }, `${Math.round(most * share)} µs`, 'text-anchor="end"'),
    ]),
    ...events.map((each) => text({ x: x(each), y: HEIGHT - 20 }, `${each / 1e6} M`, 'text-anchor="middle"')),
  ];
  const lines = [...new Set(points.map(nameOf))].map((name) => ({
    name,
    of: points.filter((each) => nameOf(each) === name),
  }));
  for (const [index, { name, of }] of lines.entries()) {
    const ink = INKS[index % INKS.length];
    const sorted = [...of].sort((a, b) => a.events - b.events);
    const path = sorted.map(
      (each, at) => `${at === 0 ? "M" : "L"}${x(each.events).toFixed(1)} ${y(cost(each)).toFixed(1)}`,
    );
    parts.push(`<path d="${path.join("")}" stroke="${ink}" stroke-width="2" fill="none"/>`);
    for (const each of sorted)
      parts.push(`<circle cx="${x(each.events).toFixed(1)}" cy="${y(cost(each)).toFixed(1)}" r="3" fill="${ink}"/>`);
    const end = sorted.at(-1);
    if (end) parts.push(text({ x: x(end.events) + 8, y: y(cost(end)) + 4 + 12 * (index % 2) }, name, `fill="${ink}"`));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#666" role="img" aria-label="Processor time of an event by the events behind it">
${parts.join("\n")}
</svg>
`;
}

const nameOf = ({ accounts, byMonth }: GrowthPoint): string =>
  `${accounts.toLocaleString("en-US")} accounts${byMonth ? ", by month" : ""}`;

/** The next round number at or above. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 5, 10].find((each) => each * power >= value) ?? 10) * power;
}

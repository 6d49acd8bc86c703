import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { sources } from "@/demo/folders";
import { machine } from "./report";

const Point = z.object({
  accounts: z.number(),
  /** Behind the database when it was measured. */
  events: z.number(),
  byMonth: z.boolean(),
  /** Microseconds of processor time an event. */
  clientMicros: z.number(),
  serverMicros: z.number(),
  walBytes: z.number(),
  eventsPerSecond: z.number(),
  /** Of a batch of 1,000. */
  p50Ms: z.number(),
  p99Ms: z.number(),
  databaseBytes: z.number(),
});
export type GrowthPoint = z.infer<typeof Point>;

const Growth = z.object({ points: z.array(Point) });

const file = path.join(sources, "bench/results/growth.json");

export const readPoints = (): GrowthPoint[] =>
  existsSync(file) ? Growth.parse(JSON.parse(readFileSync(file, "utf8"))).points : [];

const keyOf = ({ accounts, events, byMonth }: GrowthPoint): string => `${byMonth} ${accounts} ${events}`;

/** Adds points to those of earlier runs, in the place of what was measured the same way. @returns all. */
export function savePoints(points: readonly GrowthPoint[], settings: Readonly<Record<string, string>>): GrowthPoint[] {
  const known = new Map([...readPoints(), ...points].map((point) => [keyOf(point), point]));
  const all = [...known.values()].sort(
    (a, b) => Number(a.byMonth) - Number(b.byMonth) || a.accounts - b.accounts || a.events - b.events,
  );
  const rounded = all.map((point) =>
    Object.fromEntries(
      Object.entries(point).map(([name, value]) => [
        name,
        typeof value === "number" ? Number(value.toPrecision(4)) : value,
      ]),
    ),
  );
  mkdirSync(path.dirname(file), { recursive: true });
  const report = { at: new Date().toISOString(), machine: machine(), settings, points: rounded };
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return all;
}

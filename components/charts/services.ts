import { addAmounts } from "./buckets";

/** The services of the rate card, in the order they are stacked and named. */
export const chartServices = [
  { key: "pod", label: "Pods", hatch: "solid" },
  { key: "serverless", label: "Serverless", hatch: "slanted" },
  { key: "storage", label: "Storage", hatch: "level" },
] as const;

/** How a surface is engraved: told apart by line, not by colour. */
export type HatchKind = (typeof chartServices)[number]["hatch"];

/** Exact decimal dollars charged in one bucket of time. */
export interface SpendPoint {
  /** ISO 8601, or YYYY-MM-DD: where it begins, UTC. */
  start: string;
  pod: string;
  serverless: string;
  storage: string;
  /** What it opens to. */
  href?: string;
}

export const totalOf = ({ pod, serverless, storage }: SpendPoint): string =>
  addAmounts(addAmounts(pod, serverless), storage);

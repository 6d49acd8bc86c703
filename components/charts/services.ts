/** The services of the rate card, in the order they are stacked and named. */
export const chartServices = [
  { key: "pod", label: "Pods", hatch: "solid" },
  { key: "serverless", label: "Serverless", hatch: "slanted" },
  { key: "storage", label: "Storage", hatch: "level" },
] as const;

/** How a surface is engraved: told apart by line, not by colour. */
export type HatchKind = (typeof chartServices)[number]["hatch"];

/** Exact decimal dollars charged on one UTC day. */
export interface SpendDay {
  /** YYYY-MM-DD */
  day: string;
  pod: string;
  serverless: string;
  storage: string;
}

import { instantText } from "@/components/instant-text";

/** "21 Nov" */
export const dayLabel = (day: string): string => instantText(day, "day").replace(/ \d{4}$/, "");

const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 2 });
const wholeDollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });

/** A tick of a dollar axis. Ticks are round numbers of the chart's own making, never amounts of ours. */
export const dollarTick = (value: number): string =>
  Number.isInteger(value) ? wholeDollars.format(value) : dollars.format(value);

export const hourTick = (value: number): string => `${value.toLocaleString("en-US")} h`;

/** What every axis looks like. */
export const axisLook = {
  tick: { fill: "var(--muted)", fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: "var(--line)" },
} as const;

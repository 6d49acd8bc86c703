import { randomUUID } from "node:crypto";

export interface EventFields {
  id?: string;
  source?: string;
  subject: string;
  /** The instant the interval ended. */
  time?: string;
  data: Record<string, unknown>;
}

/** A usage event as a platform sends it, with a key nobody used. */
export const usageEvent = ({ subject, data, id, source, time }: EventFields) => ({
  specversion: "1.0",
  type: "usage",
  source: source ?? "tests",
  id: id ?? randomUUID(),
  subject,
  time: time ?? "2026-11-21T11:59:00.000Z",
  data,
});

/** An event with the platform's own price, in dollars. */
export const charge = (subject: string, amount: string, more: Record<string, unknown> = {}) =>
  usageEvent({ subject, data: { service: "pod", amount, ...more } });

/** Takes an event back, with a key nobody used. */
export const voidOf = ({ subject, source, id }: { subject: string; source: string; id: string }) => ({
  ...usageEvent({ subject, data: { voids: { source, id } } }),
  type: "usage.void",
});

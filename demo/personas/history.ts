import { createHash } from "node:crypto";
import type { CloudEvent } from "@/demo/machine-api/requests";
import type { Member, Work } from "./cast";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The metered past of some members, in the order it happened; the same each time for the same beginning. */
export function historyOf(members: readonly Member[], setUpAtMs: number): CloudEvent[] {
  const events = members.flatMap(({ externalId, work }) =>
    work.flatMap((one, place) => runsOf(one, `${externalId}/${place}`, externalId, setUpAtMs)),
  );
  return events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

function runsOf(work: Work, name: string, subject: string, setUpAtMs: number): CloudEvent[] {
  const { sku, from, to, every, hours, quantity, template } = work;
  const events: CloudEvent[] = [];
  for (let day = from; day >= to; day -= every) {
    const id = `${name}/${from - day}`;
    // Within the six hours after the day's turn, for 80 % to 120 % of the hours: no two days are quite alike.
    const endedAtMs = setUpAtMs - day * DAY_MS + Math.floor(chance(`${id}/end`) * 6 * HOUR_MS);
    const durationMs = hours >= 24 ? DAY_MS : Math.round(hours * HOUR_MS * (0.8 + 0.4 * chance(`${id}/length`)));
    events.push({
      specversion: "1.0",
      type: "usage",
      source: "demo/history",
      id,
      subject,
      time: new Date(endedAtMs).toISOString(),
      data: {
        sku,
        durationMs,
        resource: `${work.sku}-${subject}`,
        ...(quantity === undefined ? {} : { quantity }),
        ...(template === undefined ? {} : { template }),
      },
    });
  }
  return events;
}

/** A number from 0 to 1, the same each time for the same name. */
function chance(name: string): number {
  return createHash("sha256").update(name).digest().readUInt32BE(0) / 2 ** 32;
}

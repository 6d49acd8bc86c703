import type { Db } from "@/db/client";
import { ingest } from "@/lib/services/usage/ingest";
import { byCallers, inBatches, type Tally, type Way } from "./way";
import type { SentEvent, Workload } from "./workload";

export const CALLERS = 8;

/** The ingest path below HTTP: parsed CloudEvents in, outcomes out. */
export function ours(db: Db, workload: Workload, { batch, tally }: { batch: number; tally: Tally }): Way {
  return {
    label: `ingest() in batches of ${batch}, ${CALLERS} callers`,
    firstRate: 15_000,
    prepare: async (events) => {
      const count = Math.max(CALLERS, Math.ceil(events / batch));
      const batches = inBatches(workload.take(count * batch), batch);
      return {
        events: batches.length * batch,
        run: () => byCallers(CALLERS, batches, (some) => ingestAll(db, some, tally)),
      };
    },
  };
}

/** One request's worth. */
export async function ingestAll(db: Db, events: readonly SentEvent[], tally: Tally): Promise<void> {
  const { outcomes } = await ingest({ db, clock: () => new Date() }, events);
  for (const { outcome } of outcomes) tally.count(outcome.kind);
}

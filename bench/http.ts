import path from "node:path";
import { connect } from "@/db/client";
import { homeFolder } from "@/demo/folders";
import { Children } from "@/demo/processes/children";
import { freePort } from "@/demo/processes/ports";
import { waitFor } from "@/demo/processes/wait";
import { issueKey } from "@/lib/services/keys/api-keys";
import { sendAll, type Target } from "./sender";
import { inBatches, type Tally, type Way } from "./way";
import type { SentEvent, Workload } from "./workload";

const BATCH_CONNECTIONS = 8;
const SINGLE_CONNECTIONS = 64;
const START_MS_MAX = 60_000;

/** The small server that `npm run ingest` starts, as a process of its own. */
export interface IngestServer {
  pid: number;
  /** Where batches are sent. */
  batchTarget: Target;
  batches: (workload: Workload, options: { batch: number; tally: Tally }) => Way;
  singles: (workload: Workload, options: { tally: Tally }) => Way;
  stop: () => Promise<void>;
}

export async function startIngest(databaseUrl: string): Promise<IngestServer> {
  const key = await keyFor(databaseUrl);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const children = new Children(path.join(homeFolder(), "bench"));
  let lost: Error | undefined;
  const environment = {
    ...process.env,
    NODE_ENV: "production" as const,
    // As `npm run ingest` sets it.
    NODE_OPTIONS: "--max-semi-space-size=64",
    DATABASE_URL: databaseUrl,
    BEACON_SECRET: "0".repeat(64),
    NEXTAUTH_SECRET: "0".repeat(64),
    NEXTAUTH_URL: url,
    INGEST_HOST: "127.0.0.1",
    INGEST_PORT: String(port),
  };
  const child = children.start({ name: "ingest", command: ["lib/api/serve.ts"], environment }, (reason) => {
    lost = reason;
  });
  await waitFor(async () => lost !== undefined || (await isHealthy(url)), { deadlineMs: START_MS_MAX });
  if (lost) throw lost;
  const batchTarget = { url, key, contentType: "application/cloudevents-batch+json" };
  return {
    pid: child.pid ?? 0,
    batchTarget,
    stop: () => children.stopAll(),
    batches: (workload, { batch, tally }) => ({
      label: `POST /api/v1/events in batches of ${batch}, ${BATCH_CONNECTIONS} connections`,
      firstRate: 8_000,
      prepare: async (events) => {
        const count = Math.max(2 * BATCH_CONNECTIONS, Math.ceil(events / batch));
        const batches = inBatches(workload.take(count * batch), batch);
        const bodies = batches.map(toBody);
        return {
          events: batches.length * batch,
          run: () => sendAll(batchTarget, bodies, { connections: BATCH_CONNECTIONS, tally }),
        };
      },
    }),
    singles: (workload, { tally }) => ({
      label: `POST /api/v1/events one by one, ${SINGLE_CONNECTIONS} connections`,
      firstRate: 1_500,
      prepare: async (events) => {
        const bodies = workload.take(Math.max(10 * SINGLE_CONNECTIONS, events)).map(toBody);
        const target = { url, key, contentType: "application/cloudevents+json" };
        return {
          events: bodies.length,
          run: () => sendAll(target, bodies, { connections: SINGLE_CONNECTIONS, tally }),
        };
      },
    }),
  };
}

export const toBody = (sent: SentEvent | readonly SentEvent[]): Buffer => Buffer.from(JSON.stringify(sent));

const isHealthy = (url: string): Promise<boolean> =>
  fetch(`${url}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  );

async function keyFor(databaseUrl: string): Promise<string> {
  const db = connect({ url: databaseUrl, connectionsMax: 1, applicationName: "tenspot-bench" });
  try {
    return await issueKey({ db, clock: () => new Date() }, { name: "bench", scopes: ["ingest"] });
  } finally {
    await db.$client.end();
  }
}

import { Logger, run } from "graphile-worker";
import { connect } from "@/db/client";
import { readEnv } from "@/lib/env";
import { endWithNotices } from "@/lib/live/notify";
import { settleDue } from "@/lib/services/programs/settle-due";

/** How often what is due is posted: draws are waited for, so often. The promise is 60 s. */
const SETTLE_EVERY_MS = 2_000;

const worthALine: ReadonlySet<string> = new Set(["error", "warning"]);

/** What is routine, every two seconds, is not worth a line. */
const logger = new Logger(() => (level, message) => {
  if (worthALine.has(level)) console.error(message);
});

/** `npm run worker`: what happens by itself. Jobs run at least once, so each is safe to repeat. */
async function main(): Promise<void> {
  const { DATABASE_URL, BEACON_SECRET } = readEnv(["DATABASE_URL", "BEACON_SECRET"]);
  const db = connect({ url: DATABASE_URL, connectionsMax: 4, applicationName: "tenspot-worker" });
  const ctx = { db, clock: () => new Date() };
  const beaconSecret = Buffer.from(BEACON_SECRET, "hex");
  const runner = await run({
    connectionString: DATABASE_URL,
    logger,
    concurrency: 2,
    pollInterval: 500,
    noHandleSignals: true,
    parsedCronItems: [],
    taskList: {
      settle: async (_payload, { addJob }) => {
        try {
          await settleDue(ctx, beaconSecret);
        } finally {
          await addJob("settle", {}, { jobKey: "settle", runAt: new Date(Date.now() + SETTLE_EVERY_MS) });
        }
      },
    },
  });
  await runner.addJob("settle", {}, { jobKey: "settle" });
  const stop = () => void runner.stop().then(() => endWithNotices(db));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  console.log("The worker runs");
  await runner.promise;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

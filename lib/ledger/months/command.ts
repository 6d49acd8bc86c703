import { connect } from "@/db/client";
import { readEnv } from "@/lib/env";
import { bringBack } from "./bring-back";
import { partitionUsage } from "./partition";
import { attachedMonths } from "./partitions";
import { putAway } from "./put-away";

const usage = `Usage: npm run months                    which months of usage events there are
       npm run months -- partition       keep them by month from now on
       npm run months -- detach 2025-01  put the oldest month away, in the schema put_away
       npm run months -- attach 2025-01  bring back what was put away last
DATABASE_URL must be the owner's.`;

/** `npm run months`: usage events by the month they were posted in. */
async function main(): Promise<void> {
  const [verb, month, ...rest] = process.argv.slice(2);
  if (rest.length > 0) throw new Error(usage);
  const db = connect({
    url: readEnv(["DATABASE_URL"]).DATABASE_URL,
    connectionsMax: 1,
    applicationName: "tenspot-months",
  });
  const sql = db.$client;
  try {
    if (verb === undefined) return await list(sql);
    if (verb === "partition" && month === undefined) {
      const first = await partitionUsage(sql, new Date());
      return console.log(`Usage events are kept by month. What was there is the month ${first}.`);
    }
    if (verb === "detach" && month !== undefined) {
      const events = await putAway(sql, month, new Date());
      const what = `${events.toLocaleString("en-US")} usage events of ${month} stand in the schema put_away`;
      return console.log(`${what}. Keep a dump before you drop them: verify needs them.`);
    }
    if (verb === "attach" && month !== undefined) {
      await bringBack(sql, month);
      return console.log(`${month} is back.`);
    }
    throw new Error(usage);
  } finally {
    await sql.end();
  }
}

async function list(sql: Parameters<typeof attachedMonths>[0]): Promise<void> {
  const months = await attachedMonths(sql);
  const away = await sql<{ month: string; events: string }[]>`
    select month, events from months_put_away order by until`;
  for (const { month, events } of away)
    console.log(`${month}  put away, ${Number(events).toLocaleString("en-US")} events`);
  for (const { month } of months) console.log(month);
  if (months.length === 0) console.log("Usage events stand in one table: npm run months -- partition parts them.");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

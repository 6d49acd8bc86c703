import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const RunRecord = z.object({
  /** Where people reach the product. */
  url: z.url(),
  ports: z.object({ identity: z.number(), payments: z.number(), smtp: z.number(), inbox: z.number() }),
  databaseUrls: z.object({ web: z.string(), worker: z.string(), reader: z.string() }),
  /** Whether the database is the one that comes along, not one of the operator's own. */
  embedded: z.boolean(),
});

/** The local run in a data folder, or the last one: for the commands that work beside it. */
export type RunRecord = z.infer<typeof RunRecord>;

const fileIn = (home: string) => path.join(home, "run.json");

/** Keeps where this run is. It holds passwords, so only its owner can read it. */
export function writeRunRecord(home: string, record: RunRecord): void {
  const draft = `${fileIn(home)}.draft`;
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileIn(home));
}

/** The record in `home`; undefined when nothing ever ran there. */
export function readRunRecord(home: string): RunRecord | undefined {
  try {
    return RunRecord.parse(JSON.parse(readFileSync(fileIn(home), "utf8")));
  } catch {
    return undefined;
  }
}

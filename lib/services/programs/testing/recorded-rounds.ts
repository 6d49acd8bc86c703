import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const RECORDED = "../shared/data/drand-quicknet.json";

const Recorded = z.object({
  chain: z.object({
    hash: z.string(),
    public_key: z.string(),
    schemeID: z.string(),
    genesis_time: z.number(),
    period: z.number(),
  }),
  rounds: z.array(z.object({ round: z.number(), randomness: z.string(), signature: z.string() })).min(2),
});

/** Rounds of drand as they were recorded, beside the repository; null where they are not, and then tests skip. */
export const recordedRounds: z.infer<typeof Recorded> | null = existsSync(RECORDED)
  ? Recorded.parse(JSON.parse(readFileSync(RECORDED, "utf8")))
  : null;

/** Why tests on recorded rounds do not run, to be part of their name. */
export const unlessRecorded = recordedRounds ? "" : ` (skipped: no ${RECORDED})`;

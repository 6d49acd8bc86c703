import { asc } from "drizzle-orm";
import type { Db } from "@/db/client";
import { beaconChains, terms } from "@/db/schema/programs";
import { readEnv } from "@/lib/env";
import { oddsHash } from "@/lib/programs/odds";
import { DRAND_DELAY_MS, quicknet } from "@/lib/programs/quicknet";
import { programSentences } from "@/lib/programs/sentences";
import { parseTerms } from "@/lib/programs/terms";

/**
 * Every version of every program's terms, with the sentences customers read, and what the beacons are
 * checked by: the anchors of the local one, the parameters of drand.
 */
export async function publishPrograms(db: Db) {
  const versions = await db.select().from(terms).orderBy(asc(terms.program), asc(terms.effectiveFrom));
  const chains = await db.select().from(beaconChains).orderBy(asc(beaconChains.id));
  return {
    programs: versions.map(({ program, version, effectiveFrom, effectiveUntil, parameters }) => {
      const parsed = parseTerms(program, parameters);
      return {
        program,
        version,
        effectiveFrom: effectiveFrom.toISOString(),
        effectiveUntil: effectiveUntil?.toISOString() ?? null,
        parameters,
        ...("bonus" in parsed && parsed.bonus.kind === "draw" ? { oddsHash: oddsHash(parsed.bonus.odds) } : {}),
        sentences: programSentences(parsed),
      };
    }),
    beacons: {
      /** What draws are bound to now; each names its own. */
      chosen: readEnv(["BEACON"]).BEACON,
      drand: { ...quicknet, network: "quicknet", delaySeconds: DRAND_DELAY_MS / 1_000 },
      local: chains.map(({ anchor, length, createdAt }) => ({ anchor, length, publishedAt: createdAt.toISOString() })),
    },
  };
}

import { asc } from "drizzle-orm";
import type { Db } from "@/db/client";
import { beaconChains, terms } from "@/db/schema/programs";
import { readEnv } from "@/lib/env";
import { bonusOdds, bonusRegions } from "@/lib/programs/bonus-odds";
import { oddsHash } from "@/lib/programs/odds";
import { DRAND_DELAY_MS, quicknet } from "@/lib/programs/quicknet";
import { programSentences } from "@/lib/programs/sentences";
import { parseTerms, type Terms } from "@/lib/programs/terms";

/** What draws under these terms are bound to; where a fixed bonus differs by region, that of each as well. */
function oddsHashes(terms: Terms) {
  if (terms.program !== "signup-bonus" && terms.program !== "referral") return {};
  const hashOf = (region: string | null) => oddsHash(bonusOdds(terms.bonus, region));
  const regions = bonusRegions(terms.bonus).filter((region) => region !== null);
  return {
    oddsHash: hashOf(null),
    ...(regions.length === 0
      ? {}
      : { oddsHashByRegion: Object.fromEntries(regions.map((region) => [region, hashOf(region)])) }),
  };
}

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
        ...oddsHashes(parsed),
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

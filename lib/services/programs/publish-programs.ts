import { asc } from "drizzle-orm";
import type { Db } from "@/db/client";
import { beaconChains, terms } from "@/db/schema/programs";
import { oddsHash } from "@/lib/programs/odds";
import { programSentences } from "@/lib/programs/sentences";
import { parseTerms } from "@/lib/programs/terms";

/** Every version of every program's terms, with the sentences customers read, and the anchors of the local beacon. */
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
      local: chains.map(({ anchor, length, createdAt }) => ({ anchor, length, publishedAt: createdAt.toISOString() })),
    },
  };
}

import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { programSettings, terms } from "@/db/schema/programs";
import { defaultTerms } from "@/lib/programs/default-terms";

/** The terms a new installation begins with, and a settings row for each program. What is there already stays. */
export async function publishDefaultTerms(db: PostgresJsDatabase): Promise<void> {
  for (const { program, version, effectiveFrom, effectiveUntil, parameters } of defaultTerms) {
    await db
      .insert(terms)
      .values({
        program,
        version,
        effectiveFrom: new Date(effectiveFrom),
        effectiveUntil: effectiveUntil === null ? null : new Date(effectiveUntil),
        parameters,
      })
      .onConflictDoNothing();
    await db.insert(programSettings).values({ program }).onConflictDoNothing();
  }
}

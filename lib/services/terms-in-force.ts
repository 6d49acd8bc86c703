import { and, desc, eq, gt, isNull, lte, or } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { terms } from "@/db/schema/programs";
import { type ProgramName, parseTerms, type TermsOf } from "@/lib/programs/terms";

/** The version of a program in force at an instant; null when there is none. */
export async function termsInForce<P extends ProgramName>(
  db: Queryable,
  program: P,
  at: Date,
): Promise<{ id: number; version: string; terms: TermsOf<P> } | null> {
  const [row] = await db
    .select()
    .from(terms)
    .where(
      and(
        eq(terms.program, program),
        lte(terms.effectiveFrom, at),
        or(isNull(terms.effectiveUntil), gt(terms.effectiveUntil, at)),
      ),
    )
    .orderBy(desc(terms.effectiveFrom))
    .limit(1);
  return row ? { id: row.id, version: row.version, terms: parseTerms(program, row.parameters) } : null;
}

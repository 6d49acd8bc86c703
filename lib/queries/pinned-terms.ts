import "server-only";
import { inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { terms } from "@/db/schema/programs";
import { parseTerms, type Terms } from "@/lib/programs/terms";

/** Reads the versions of terms that rows are pinned to. What it returns throws for any other id: a bug. */
export async function pinnedTerms(ids: readonly number[]): Promise<(id: number) => Terms> {
  const rows =
    ids.length === 0
      ? []
      : await db()
          .select()
          .from(terms)
          .where(inArray(terms.id, [...new Set(ids)]));
  const found = new Map(rows.map((row) => [row.id, parseTerms(row.program, row.parameters)]));
  return (id) => {
    const version = found.get(id);
    if (!version) throw new Error(`There are no terms ${id}`);
    return version;
  };
}

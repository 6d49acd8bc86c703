import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { postings } from "@/db/schema/ledger";
import type { AccountKey } from "./account-key";

/** A posting of what a program owed somebody, to be followed to its source. */
export interface Release {
  /** Its number in the account's books. */
  seq: string;
  /** ISO 8601 */
  at: string;
  program: string;
  /** Exact decimal dollars, below zero where less was owed than before. */
  gained: string;
  released: string;
}

const SHOWN = 5;

/** The newest postings of commission; at most five. */
export const commissionPostings = (account: AccountKey): Promise<Release[]> => newest(account, { kind: "commission" });

/** The newest postings of a template's royalty; at most five. */
export const royaltyPostings = (account: AccountKey, template: string): Promise<Release[]> =>
  newest(account, { kind: "royalty", template });

async function newest(
  account: AccountKey,
  { kind, template }: { kind: "commission" | "royalty"; template?: string },
): Promise<Release[]> {
  await connection();
  const rows = await db()
    .select({ seq: postings.seq, at: postings.at, explains: postings.explains })
    .from(postings)
    .where(
      and(
        eq(postings.lane, account.lane),
        eq(postings.accountId, account.id),
        eq(postings.kind, kind),
        template === undefined ? undefined : eq(sql`${postings.explains} ->> 'template'`, template),
      ),
    )
    .orderBy(desc(postings.seq))
    .limit(SHOWN);
  return rows.map(({ seq, at, explains }) => ({
    seq: String(seq),
    at: at.toISOString(),
    program: explains.program ?? "",
    gained: explains.gained ?? "0",
    released: explains.released ?? "0",
  }));
}

/** The number of the newest posting of a bonus, given or taken back; null while there is none. */
export async function bonusPosting(account: AccountKey, drawId: string): Promise<string | null> {
  await connection();
  const [row] = await db()
    .select({ seq: postings.seq })
    .from(postings)
    .where(
      and(
        eq(postings.lane, account.lane),
        eq(postings.accountId, account.id),
        eq(sql`${postings.explains} ->> 'draw'`, drawId),
      ),
    )
    .orderBy(desc(postings.seq))
    .limit(1);
  return row ? String(row.seq) : null;
}

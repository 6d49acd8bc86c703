import "server-only";
import { count, max, min, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { quarantine } from "@/db/schema/ledger";

/** Events of one subject that wait for the same reason. */
export interface QuarantinedSubject {
  /** The account's name, as the events have it. */
  subject: string;
  /** `unknown_subject` */
  reason: string;
  events: number;
  /** When the first and the last of them came, ISO 8601. */
  oldest: string;
  newest: string;
  /** Whole milliseconds since the first of them came. */
  ageMs: string;
}

const SHOWN_MAX = 200;

/** Who has events waiting, the longest first; at most two hundred of them. */
export async function quarantinedSubjects(): Promise<{ subjects: QuarantinedSubject[]; hasMore: boolean }> {
  await connection();
  const oldest = min(quarantine.receivedAt);
  const rows = await db()
    .select({
      subject: quarantine.subject,
      reason: quarantine.reason,
      events: count(),
      oldest,
      newest: max(quarantine.receivedAt),
    })
    .from(quarantine)
    .groupBy(quarantine.subject, quarantine.reason)
    .orderBy(sql`${oldest}`, quarantine.subject)
    .limit(SHOWN_MAX + 1);
  const now = Date.now();
  const subjects = rows.slice(0, SHOWN_MAX).flatMap((row) =>
    row.oldest && row.newest
      ? {
          subject: row.subject,
          reason: row.reason,
          events: row.events,
          oldest: row.oldest.toISOString(),
          newest: row.newest.toISOString(),
          ageMs: String(Math.max(0, now - row.oldest.getTime())),
        }
      : [],
  );
  return { subjects, hasMore: rows.length > SHOWN_MAX };
}

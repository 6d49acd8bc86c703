import "server-only";
import { and, desc, eq, lt } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { auditLog } from "@/db/schema/operators";

/** One act of an operator. */
export interface AuditLine {
  id: string;
  /** ISO 8601 */
  at: string;
  actor: string;
  act: string;
  subject: string;
  reason: string;
  outcome: "done" | "refused";
  detail: Readonly<Record<string, string>>;
}

export interface AuditFilter {
  /** The whole of either; undefined for all. */
  actor: string | undefined;
  subject: string | undefined;
  /** Lines before this one. */
  before: bigint | null;
}

export const AUDIT_PAGE_SIZE = 50;

/** Acts, the newest first; `next` is the next page's `before`, null at the end. */
export async function auditPage({ actor, subject, before }: AuditFilter): Promise<{
  lines: AuditLine[];
  next: string | null;
}> {
  await connection();
  const rows = await db()
    .select()
    .from(auditLog)
    .where(
      and(
        actor === undefined ? undefined : eq(auditLog.actor, actor),
        subject === undefined ? undefined : eq(auditLog.subject, subject),
        before === null ? undefined : lt(auditLog.id, before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(AUDIT_PAGE_SIZE + 1);
  const shown = rows.slice(0, AUDIT_PAGE_SIZE);
  const last = shown.at(-1);
  return {
    lines: shown.map(({ id, at, ...line }) => ({ ...line, id: String(id), at: at.toISOString() })),
    next: rows.length > AUDIT_PAGE_SIZE && last ? String(last.id) : null,
  };
}

import { asc, eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { auditLog } from "@/db/schema/operators";
import { createDatabase } from "@/db/testing/database";
import { endWithNotices } from "@/lib/live/notify";
import { nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { openAccount } from "@/lib/services/accounts/open-account";
import type { Context } from "@/lib/services/context";

/** An operator's desk for tests: a database of the test file's own, worked on as the web process. */
export async function openDesk() {
  const database = await createDatabase();
  const url = database.url("web");
  const ctx: Context = { db: connect({ url, connectionsMax: 8 }), clock: () => new Date() };
  return {
    ctx,
    url,
    /** A customer; their own name is also the beginning of their e-mail. */
    customer: async (externalId: string) => {
      const opened = await openAccount(ctx, { externalId, email: `${externalId}@example.com` });
      if (!opened.ok) throw new Error(opened.problem.detail);
      return opened.value;
    },
    /** What the audit log says of a subject, oldest first. */
    lines: (subject: string) => {
      const { actor, act, reason, outcome, detail } = auditLog;
      return ctx.db
        .select({ actor, act, reason, outcome, detail })
        .from(auditLog)
        .where(eq(auditLog.subject, subject))
        .orderBy(asc(auditLog.id));
    },
    close: async () => {
      await endWithNotices(ctx.db);
      await database.close();
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

export function dollars(amount: string) {
  const parsed = parseAmount(amount);
  if (!parsed.ok) throw new Error(`${amount} ${parsed.message}`);
  return nanos(parsed.nanos);
}

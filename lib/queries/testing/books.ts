import { connect, type Db, db } from "@/db/client";
import type { ProcessRole } from "@/db/roles";
import { createDatabase } from "@/db/testing/database";
import { endWithNotices } from "@/lib/live/notify";
import { nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { type OpenAccount, type OpenedAccount, openAccount } from "@/lib/services/accounts/open-account";
import type { Context } from "@/lib/services/context";
import { recordDeposit } from "@/lib/services/funds/record-deposit";
import type { Result } from "@/lib/services/result";
import { ingest } from "@/lib/services/usage/ingest";

export interface UsageOf {
  subject: string;
  service?: "pod" | "serverless" | "storage";
  /** Decimal dollars. */
  amount: string;
  durationMs?: number;
  sku?: string;
  resource?: string;
  template?: string;
  time?: Date;
}

/** A database whose books are written by verbs, for read models to read through the process's own pool. */
export async function openBooks() {
  const database = await createDatabase();
  const ctx: Context = {
    db: connect({ url: database.url("worker"), connectionsMax: 4 }),
    clock: () => new Date(),
  };
  // What the read models connect with: it may read and nothing else.
  process.env.DATABASE_URL = database.url("reader");
  process.env.NEXTAUTH_URL = "http://localhost:3000";
  process.env.NEXTAUTH_SECRET = "a secret of the tests, long enough to be one";
  let count = 0;
  const next = () => String(count++);
  const pools: Db[] = [];
  return {
    ctx,
    /** The database, entered as a process. */
    as: (role: ProcessRole) => {
      const pool = connect({ url: database.url(role), connectionsMax: 1 });
      pools.push(pool);
      return pool.$client;
    },
    url: database.url,
    account: (input: OpenAccount & { externalId: string }): Promise<OpenedAccount> =>
      settled(openAccount(ctx, { email: `${input.externalId}@example.com`, ...input })),
    deposit: (account: OpenedAccount, amount: string) =>
      settled(recordDeposit(ctx, { account, reference: next(), amount: dollars(amount), method: "card" })),
    use: (events: readonly UsageOf[]) =>
      ingest(
        ctx,
        events.map(({ subject, service = "pod", time = new Date(), ...data }) => ({
          specversion: "1.0",
          type: "usage",
          source: "test",
          id: next(),
          subject,
          time: time.toISOString(),
          data: { service, ...data },
        })),
      ),
    close: async () => {
      await Promise.all([ctx.db, db(), ...pools].map(endWithNotices));
      await database.close();
    },
  };
}

export type Books = Awaited<ReturnType<typeof openBooks>>;

/** What a verb answered. @throws Error when it refused. */
export async function settled<T>(result: Promise<Result<T>>): Promise<T> {
  const outcome = await result;
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.value;
}

export function dollars(amount: string) {
  const parsed = parseAmount(amount);
  if (!parsed.ok) throw new Error(`${amount} ${parsed.message}`);
  return nanos(parsed.nanos);
}

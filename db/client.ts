import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type TransactionSql } from "postgres";
import { readEnv } from "@/lib/env";

export type Db = PostgresJsDatabase<Record<string, never>> & { $client: postgres.Sql };
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** What can run a query: the pool, or one transaction. */
export type Queryable = Db | Tx;

export interface ConnectOptions {
  url: string;
  /** Most connections held at once. */
  connectionsMax?: number;
  applicationName?: string;
  /** How long a statement may take, and wait for a lock; without end when absent. */
  timeouts?: Timeouts;
}

export interface Timeouts {
  statementMs: number;
  lockMs: number;
}

/** Of processes that answer people: better to be tried again, or told, than to wait for ever. */
export const servingTimeouts: Timeouts = { statementMs: 15_000, lockMs: 5_000 };

export function connect({ url, connectionsMax = 10, applicationName = "tenspot", timeouts }: ConnectOptions): Db {
  const client = postgres(url, {
    max: connectionsMax,
    idle_timeout: 60,
    onnotice: () => {},
    connection: {
      application_name: applicationName,
      ...(timeouts ? { statement_timeout: timeouts.statementMs, lock_timeout: timeouts.lockMs } : {}),
    },
  });
  return drizzle({ client, casing: "snake_case" });
}

// Next's development server loads this module once per bundle; the pool must still be one.
const held = globalThis as typeof globalThis & { tenspotDb?: Db };

/** The process's pool, opened at first use. */
export function db(): Db {
  held.tenspotDb ??= connect({ url: readEnv(["DATABASE_URL"]).DATABASE_URL, timeouts: servingTimeouts });
  return held.tenspotDb;
}

/** The driver's own transaction below drizzle's, for the few statements that must be prepared. */
export function rawOf(tx: Tx): TransactionSql {
  return (tx as unknown as { session: { client: TransactionSql } }).session.client;
}

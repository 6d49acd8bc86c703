import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import { runMigrations as runWorkerMigrations } from "graphile-worker";
import postgres from "postgres";
import { publishDefaultTerms } from "@/db/seed/terms";
import { readEnv } from "@/lib/env";

/**
 * Brings the database to this version: tables, guards, the job queue, the roles' rights, the first terms.
 * Safe to run at every start and by several processes at once.
 * @param url of the owner, who may create tables and roles.
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(7461)`;
    const database = drizzle({ client, casing: "snake_case" });
    await runMigrations(database, { migrationsFolder: join(process.cwd(), "db/migrations") });
    await runWorkerMigrations({ connectionString: url });
    await client.unsafe(await readFile(join(process.cwd(), "db/grants.sql"), "utf8"));
    await publishDefaultTerms(database);
  } finally {
    await client.end();
  }
}

if (process.argv[1]?.endsWith("db/migrate.ts")) {
  migrate(readEnv(["DATABASE_URL"]).DATABASE_URL).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}

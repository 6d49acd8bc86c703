import { spawn } from "node:child_process";
import { constants } from "node:os";
import postgres from "postgres";
import type { ProcessRole } from "@/db/roles";
import { homeFolder } from "@/demo/folders";
import { appEnvironment } from "@/demo/launch/environments";
import { keysOf } from "@/demo/launch/keys";
import { startPostgres } from "@/demo/postgres/start";
import { type RunRecord, readRunRecord } from "@/demo/run-record";
import { Stop } from "@/demo/stop";

/**
 * `tsx demo/local.ts SCRIPT …`: runs a command of the repository on the local instance, running or stopped, as the
 * process it belongs to. Where DATABASE_URL is set, the operator has said where: then the command just runs.
 */
async function main(): Promise<void> {
  const [script, ...words] = process.argv.slice(2);
  if (script === undefined) throw new Stop("Usage: tsx demo/local.ts SCRIPT …");
  const home = homeFolder();
  const record = process.env.DATABASE_URL ? undefined : readRunRecord(home);
  // Where nothing ever ran, the command itself says which variables it lacks.
  process.exitCode = await (record ? runOnLocal(home, record, script, words) : run(script, words, process.env));
}

async function runOnLocal(home: string, record: RunRecord, script: string, words: string[]): Promise<number> {
  const role = roleOf(script);
  const database = await openDatabase(home, record, role);
  try {
    const environment = appEnvironment({ home, keys: keysOf(home), ...record }, "web");
    return await run(script, words, { ...environment, DATABASE_URL: database.url });
  } finally {
    await database.leave();
  }
}

type Role = ProcessRole | "owner";

/** Who a command is to the database: the least that suffices for it. */
function roleOf(script: string): Role {
  if (script === "db/migrate.ts") return "owner";
  if (script.startsWith("lib/ledger/verify/") || script === "lib/services/funds/reconcile-command.ts") return "reader";
  return script.startsWith("lib/jobs/") ? "worker" : "web";
}

interface OpenDatabase {
  url: string;
  /** Leaves the server, which ends when it was only started for us. */
  leave(): Promise<void>;
}

async function openDatabase(home: string, record: RunRecord, role: Role): Promise<OpenDatabase> {
  if (record.embedded) {
    const server = await startPostgres({ home, name: "main", say: console.error });
    const url = role === "owner" ? server.url : atServer(record.databaseUrls[role], server.url);
    return { url, leave: () => server.stop() };
  }
  const own = "the last run here was on a database of your own";
  if (role === "owner") throw new Stop(`Set DATABASE_URL to the owner's connection: ${own}.`);
  const url = record.databaseUrls[role];
  await answers(url).catch((error: unknown) => {
    throw new Stop(`Set DATABASE_URL: ${own}, and it does not answer.`, { cause: error });
  });
  return { url, leave: async () => {} };
}

/** The server's port may have changed since the record was kept. */
function atServer(kept: string, serverUrl: string): string {
  const url = new URL(kept);
  url.host = new URL(serverUrl).host;
  return url.href;
}

async function answers(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  try {
    await sql`SELECT 1`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Runs a script to its end. @returns its exit code. */
function run(script: string, words: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", script, ...words], {
      env: environment,
      stdio: "inherit",
    });
    // Ctrl-C reaches the child too; it ends first, we after it.
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = 1;
});

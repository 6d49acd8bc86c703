import postgres from "postgres";
import { migrate } from "@/db/migrate";
import { ensureLogins, type ProcessRole, urlOfDatabase } from "@/db/roles";
import { dropDatabase, newName, sweepOld } from "@/db/testing/names";
import { startPostgres } from "@/demo/postgres/start";
import { Stop } from "@/demo/stop";
import type { Keys } from "./keys";
import type { Options } from "./options";

export interface Database {
  urls: Record<ProcessRole, string>;
  /** What a person is told it is. */
  about: string;
  stop(): Promise<void>;
}

/** A migrated database with a login for each process: the operator's own, or one that comes along. */
export async function openDatabase(options: Options, keys: Keys, say: (line: string) => void): Promise<Database> {
  const { home, databaseUrl } = options;
  const server = databaseUrl
    ? { url: databaseUrl, stop: async () => {} }
    : await startPostgres({ home, name: "main", say });
  try {
    const own = options.mode === "test" ? await emptyDatabase(server.url) : { url: server.url, stop: async () => {} };
    await migrate(own.url);
    const suffix = options.mode === "test" ? "browser_test" : "login";
    const urls = await ensureLogins({ ownerUrl: own.url, passwords: keys.passwords, suffix });
    const { hostname, port } = new URL(server.url);
    return {
      urls,
      about: databaseUrl ? `the one of DATABASE_URL, on ${hostname}` : `on 127.0.0.1:${port}`,
      stop: async () => {
        await own.stop();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    const sentence = databaseUrl
      ? `The database of DATABASE_URL cannot be used: ${messageOf(error)}.`
      : `The local database could not be brought to this version (${messageOf(error)}): npm run db:reset starts over.`;
    throw new Stop(sentence, { cause: error });
  }
}

/** A database of this run's own, dropped at its end. */
async function emptyDatabase(serverUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  const name = newName("browser");
  await sweepOld(admin);
  await admin`CREATE DATABASE ${admin(name)}`;
  return {
    url: urlOfDatabase(serverUrl, name),
    stop: async () => {
      await dropDatabase(admin, name);
      await admin.end();
    },
  };
}

/** What the server or the network said, below what the libraries made of it. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return messageOf(error.errors[0]);
  if (error instanceof Error && error.cause !== undefined) return messageOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}

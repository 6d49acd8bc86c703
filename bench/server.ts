import path from "node:path";
import postgres, { type Sql } from "postgres";
import { homeFolder } from "@/demo/folders";
import { startPostgres } from "@/demo/postgres/start";
import { takeLock } from "@/demo/processes/lock";
import { Stop } from "@/demo/stop";

/**
 * Beside what `npm start` runs with: no checkpoint falls into one way's rounds and not into another's. Commits are
 * on disk before they are answered, for all ways alike.
 */
const settings = {
  fsync: "on",
  synchronous_commit: "on",
  checkpoint_timeout: "1h",
  max_wal_size: "8GB",
};

/** Names of the benchmark's databases begin so; whatever else has such a name is dropped. */
const PREFIX = "bench_";

/** The benchmark's own Postgres, with nothing in it. */
export class BenchServer {
  readonly sql: Sql;
  readonly #url: string;
  readonly #leave: () => Promise<void>;

  private constructor(url: string, leave: () => Promise<void>) {
    this.#url = url;
    this.#leave = leave;
    this.sql = postgres(url, { max: 1, onnotice: () => {} });
  }

  /** @throws Stop when another benchmark runs here, or the machine does not allow a server. */
  static async start(say: (line: string) => void): Promise<BenchServer> {
    const home = path.join(homeFolder(), "bench");
    const { stop, url } = await startPostgres({ home, name: "bench", settings, say });
    const taken = await takeLock(path.join(home, "lock"), { deadlineMs: 0 });
    if ("holder" in taken) {
      await stop();
      throw new Stop(`Another benchmark runs here: process ${taken.holder.pid}.`);
    }
    const server = new BenchServer(url, async () => {
      await stop();
      taken.lock.release();
    });
    await server.#dropAll();
    return server;
  }

  urlOf(name: string): string {
    const url = new URL(this.#url);
    url.pathname = `/${PREFIX}${name}`;
    return String(url);
  }

  /** Makes a database: empty, or a copy of another that nobody uses. @returns its address. */
  async create(name: string, from?: string): Promise<string> {
    const template = from === undefined ? "" : ` template ${PREFIX}${from}`;
    await this.sql.unsafe(`create database ${PREFIX}${name}${template}`);
    return this.urlOf(name);
  }

  /** Drops a database that was made here. */
  async drop(url: string): Promise<void> {
    await this.sql.unsafe(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
  }

  async postmaster(): Promise<number> {
    const [row] = await this.sql<{ pid: string }[]>`select split_part(pg_read_file('postmaster.pid'), E'\n', 1) as pid`;
    return Number(row?.pid);
  }

  /** Over all databases of the benchmark, since they were made. */
  async deadlocks(): Promise<number> {
    const [row] = await this.sql<{ count: string }[]>`
      select sum(deadlocks) as count from pg_stat_database where starts_with(datname, ${PREFIX})`;
    return Number(row?.count);
  }

  async setting(name: string): Promise<string> {
    const [row] = await this.sql<{ value: string }[]>`select current_setting(${name}) as value`;
    return row?.value ?? "";
  }

  /** Leaves nothing behind but an empty server. */
  async stop(): Promise<void> {
    await this.#dropAll();
    await this.sql.end();
    await this.#leave();
  }

  async #dropAll(): Promise<void> {
    const found = await this.sql<{ name: string }[]>`
      select datname as name from pg_database where starts_with(datname, ${PREFIX})`;
    for (const { name } of found) await this.sql.unsafe(`drop database ${name} with (force)`);
  }
}

import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { withLock } from "@/demo/processes/lock";
import { reasonOf, Stop } from "@/demo/stop";
import { type Binaries, binariesFor } from "./binaries";
import { createCluster } from "./cluster";
import { placeFor } from "./place";
import { ensureRunning, stopServer } from "./server";
import type { Settings } from "./settings";
import { Users } from "./users";

export interface PostgresOptions {
  /** Folder of the run's state, normally `homeFolder()`. */
  home: string;
  /** Names one data folder, and so one server, under `home`. */
  name: string;
  /** Changes and additions to `settingsFor`; they take effect when the server is started, not when one is reused. */
  settings?: Settings;
  /** Told, in one line each, what a person should know. */
  say?: (line: string) => void;
}

export interface PostgresServer {
  /** The owner's connection to the database `tenspot`. */
  url: string;
  /** Leaves the server; it is stopped when no other process uses it. */
  stop(): Promise<void>;
}

/** Longest recovery after a crash that is waited for. */
const startMsMax = 120_000;

/**
 * Starts a Postgres on 127.0.0.1, or joins the one that already runs on the same data.
 * It survives the death of its starter: the next start finds and reuses it.
 * @throws Stop with one sentence for a person when the machine does not allow it.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { home, name, settings = {}, say = () => {} } = options;
  const place = placeFor(home);
  if (place.notice) say(place.notice);
  const folder = made(path.join(place.folder, name));
  const lock = path.join(folder, "lock");
  const users = new Users(path.join(folder, "users"));
  const cluster = { folder, data: path.join(folder, "data"), user: place.user, settings };

  const url = await withLock(lock, startMsMax, async () => {
    const binaries = binariesFor(place);
    if (binaries.notice) say(binaries.notice);
    const password = passwordOf(folder);
    if (!existsSync(cluster.data)) await create(binaries, password);
    const port = await ensureRunning(cluster, binaries, startMsMax);
    users.join();
    const address = `postgres://tenspot:${password}@127.0.0.1:${port}`;
    await ensureDatabase(address);
    return `${address}/tenspot`;
  });

  async function create(binaries: Binaries, password: string) {
    const file = path.join(folder, "password-for-initdb");
    writeFileSync(file, password, { mode: 0o600 });
    if (place.user) chownSync(file, place.user.uid, place.user.gid);
    try {
      await createCluster(cluster, binaries, file);
    } finally {
      rmSync(file, { force: true });
    }
  }

  return {
    url,
    stop: () =>
      withLock(lock, startMsMax, async () => {
        users.leave();
        if (!users.anyone()) await stopServer(cluster.data);
      }),
  };
}

/** Removes a server's data for good. @throws Stop when someone uses it. */
export async function removePostgres({ home, name }: Pick<PostgresOptions, "home" | "name">): Promise<void> {
  const folder = path.join(placeFor(home).folder, name);
  if (!existsSync(folder)) return;
  await withLock(path.join(folder, "lock"), startMsMax, async () => {
    if (new Users(path.join(folder, "users")).anyone()) {
      throw new Stop(`The database in ${folder} is in use: stop what uses it first.`);
    }
    await stopServer(path.join(folder, "data"));
    rmSync(path.join(folder, "data"), { recursive: true, force: true });
  });
  rmSync(folder, { recursive: true, force: true });
}

function made(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    if (process.getuid?.() === 0) chmodSync(folder, 0o755);
  } catch (error) {
    throw new Stop(
      `The database folder ${folder} cannot be used: ${reasonOf(error)}. Remove it if another user made it, or set TENSPOT_HOME to a folder of your own.`,
    );
  }
  return folder;
}

function passwordOf(folder: string): string {
  const file = path.join(folder, "password");
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}

async function ensureDatabase(address: string): Promise<void> {
  const sql = postgres(`${address}/postgres`, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = 'tenspot'`;
    if (found.length === 0) await sql`CREATE DATABASE tenspot`;
  } finally {
    await sql.end();
  }
}

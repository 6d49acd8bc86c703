import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { waitFor } from "@/demo/processes/wait";
import { findPostmaster, pidfileOf } from "./pidfile";
import { placeFor } from "./place";
import { removePostgres, startPostgres } from "./start";

const home = mkdtempSync(path.join(tmpdir(), "tenspot-home-"));
const place = placeFor(home);
const data = path.join(place.folder, "main", "data");
const start = () => startPostgres({ home, name: "main", settings: { shared_buffers: "16MB" } });

afterAll(async () => {
  await removePostgres({ home, name: "main" });
  rmSync(place.folder, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

function postmaster(): number {
  const found = findPostmaster(data);
  if (found.kind !== "living") throw new Error("no server runs");
  return found.postmaster.pid;
}

async function ask<T extends object>(url: string, text: string): Promise<T | undefined> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql.unsafe<T[]>(text);
    return row;
  } finally {
    await sql.end();
  }
}

test("the server keeps commits on disk, compares by code point, and listens on this machine alone", async () => {
  const server = await start();
  const row = await ask(
    server.url,
    `SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS addresses,
            current_setting('server_encoding') AS encoding, 'Z' < 'a' AS by_code_point, lower('É') AS lower`,
  );
  expect(row).toEqual({ fsync: "on", addresses: "127.0.0.1", encoding: "UTF8", by_code_point: true, lower: "é" });
  await server.stop();
});

test("a wrong password is refused", async () => {
  const server = await start();
  const url = new URL(server.url);
  url.password = "guessed";
  await expect(ask(url.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  await server.stop();
});

test("a second start joins the running server, and the last to leave stops it", async () => {
  const [first, second] = await Promise.all([start(), start()]);
  expect(second.url).toBe(first.url);
  await first.stop();
  expect(await ask(second.url, "SELECT 1 AS one")).toEqual({ one: 1 });
  await second.stop();
  expect(findPostmaster(data).kind).toBe("none");
});

test("the port is remembered", async () => {
  const first = await start();
  await first.stop();
  const second = await start();
  await second.stop();
  expect(second.url).toBe(first.url);
});

test("what was committed survives a server that was killed", async () => {
  const killed = await start();
  await ask(killed.url, "CREATE TABLE kept AS SELECT 7 AS number");
  process.kill(postmaster(), "SIGKILL");
  await waitFor(() => findPostmaster(data).kind !== "living", { deadlineMs: 10_000 });
  const server = await start();
  expect(await ask(server.url, "SELECT number FROM kept")).toEqual({ number: 7 });
  await server.stop();
  await killed.stop();
});

test("a pid file that names another program does not stop the start", async () => {
  const server = await start();
  const text = readFileSync(pidfileOf(data), "utf8");
  await server.stop();
  writeFileSync(pidfileOf(data), text.replace(/^\d+/, String(process.pid)));
  const again = await start();
  expect(await ask(again.url, "SELECT 1 AS one")).toEqual({ one: 1 });
  await again.stop();
});

test("interrupted while the data folder is made, the next start makes it whole", async () => {
  await removePostgres({ home, name: "main" });
  mkdirSync(`${data}.draft/base`, { recursive: true });
  const server = await start();
  await server.stop();
  expect(readdirSync(path.dirname(data)).filter((name) => /draft|initdb/.test(name))).toEqual([]);
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connect, type Db } from "@/db/client";
import { createDatabase, type TestDatabase } from "@/db/testing/database";
import { LiveListener } from "./listener";
import { LIVE_CHANNEL, notifyChanged } from "./notify";

let database: TestDatabase;
let writer: Db;
let reader: Db;
let listener: LiveListener;

beforeAll(async () => {
  database = await createDatabase();
  writer = connect({ url: database.url("worker") });
  reader = connect({ url: database.url("web"), applicationName: "live-test" });
  listener = new LiveListener(reader);
  await listener.started;
});

afterAll(async () => {
  await Promise.all([writer.$client.end(), reader.$client.end({ timeout: 1 })]);
  await database.close();
});

const connections = () => reader.$client<{ pid: number }[]>`
  select pid from pg_stat_activity where query ilike 'listen %' and datname = current_database()`;

test("a change is told to every screen of that account and to nobody else, over one connection", async () => {
  const [mine, other] = [randomUUID(), randomUUID()];
  const tells = [vi.fn(), vi.fn(), vi.fn()];
  const since = Date.now() + 60_000;
  const stops = [mine, mine, other].map((accountId, index) =>
    listener.watch({ accountId, since, tell: tells[index] ?? vi.fn() }),
  );
  notifyChanged(writer, [mine]);
  await vi.waitFor(() => expect(tells[1]).toHaveBeenCalledTimes(1));
  expect(tells[0]).toHaveBeenCalledTimes(1);
  expect(tells[2]).not.toHaveBeenCalled();
  expect(await connections()).toHaveLength(1);
  expect(listener.watchersOf(mine)).toBe(2);
  for (const stop of stops) stop();
  expect(listener.watchersOf(mine)).toBe(0);
});

test("a screen that was away hears at once of what it missed, and of nothing it knew", async () => {
  const accountId = randomUUID();
  const before = Date.now();
  notifyChanged(writer, [accountId]);
  const told = (since: number) => {
    const tell = vi.fn();
    listener.watch({ accountId, since, tell })();
    return tell.mock.calls.length > 0;
  };
  await vi.waitFor(() => expect(told(before)).toBe(true));
  expect(told(Date.now() + 60_000)).toBe(false);
});

test("when the connection breaks it is made again, and every screen is told to look", async () => {
  const accountId = randomUUID();
  const tell = vi.fn();
  const stop = listener.watch({ accountId, since: Date.now() + 60_000, tell });
  expect(tell).not.toHaveBeenCalled();
  const [{ pid } = { pid: 0 }] = await connections();
  await reader.$client`select pg_terminate_backend(${pid})`;
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(1), 20_000);
  notifyChanged(writer, [accountId]);
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(2), 20_000);
  stop();
});

test("a notice that is not ours is passed over", async () => {
  const accountId = randomUUID();
  const tell = vi.fn();
  const stop = listener.watch({ accountId, since: Date.now() + 60_000, tell });
  for (const payload of ["", "{", "null", "[]", '{"a":1}', '{"a":[1,null,{}]}']) {
    await writer.$client.notify(LIVE_CHANNEL, payload);
  }
  notifyChanged(writer, [accountId]);
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(1));
  stop();
});

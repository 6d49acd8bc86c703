import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connect, type Db } from "@/db/client";
import { createDatabase, type TestDatabase } from "@/db/testing/database";
import { notifyChanged } from "@/lib/live/notify";
import { ChangedAccounts } from "./changed-accounts";

let database: TestDatabase;
let writer: Db;
let reader: Db;
let now = 0;
let changed: ChangedAccounts;

beforeAll(async () => {
  database = await createDatabase();
  writer = connect({ url: database.url("web") });
  reader = connect({ url: database.url("worker") });
  changed = new ChangedAccounts(reader, () => now);
  // Everybody is looked at first, and again once it listens.
  expect(changed.take()).toBeNull();
  await vi.waitFor(() => expect(changed.take()).toBeNull(), 10_000);
});

afterAll(async () => {
  await Promise.all([writer.$client.end(), reader.$client.end({ timeout: 1 })]);
  await database.close();
});

test("an account that changed is named once, and everybody each minute or when notices may have been missed", async () => {
  expect(changed.take()).toEqual([]);
  const accountId = randomUUID();
  notifyChanged(writer, [accountId]);
  await expect.poll(() => changed.take(), { timeout: 10_000 }).toEqual([accountId]);
  expect(changed.take()).toEqual([]);
  changed.lookAtEverybody();
  expect(changed.take()).toBeNull();
  expect(changed.take()).toEqual([]);
  now += 60_000;
  expect(changed.take()).toBeNull();
  expect(changed.take()).toEqual([]);
});

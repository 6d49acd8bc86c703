import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { ownMark } from "./identity";
import { readHolder, takeLock, withLock } from "./lock";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tenspot-lock-"));
  file = path.join(folder, "lock");
});

test("one at a time holds the lock, and the next gets it when it is let go", async () => {
  const order: string[] = [];
  await Promise.all(
    ["a", "b", "c"].map((name) =>
      withLock(file, 10_000, async () => {
        order.push(`${name} in`);
        await Promise.resolve();
        order.push(`${name} out`);
      }),
    ),
  );
  expect(order.map((step) => step.split(" ")[1])).toEqual(["in", "out", "in", "out", "in", "out"]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a living holder is told to who waits in vain, with its note", async () => {
  const first = await takeLock(file, { deadlineMs: 0, note: "http://localhost:3000" });
  if (!("lock" in first)) throw new Error("the lock was free");
  first.lock.note("stopping");
  const second = await takeLock(file, { deadlineMs: 0 });
  expect(second).toEqual({ holder: { ...ownMark(), note: "stopping" } });
});

test("a dead holder keeps nothing, even if its number lives on in another process", async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, began: "long ago", note: "" }));
  expect(readHolder(file)).toBeUndefined();
  expect(await takeLock(file, { deadlineMs: 1000 })).toHaveProperty("lock");
});

test("a torn file is nobody's lock", async () => {
  writeFileSync(file, '{"pid": 1');
  expect(await takeLock(file, { deadlineMs: 1000 })).toHaveProperty("lock");
});

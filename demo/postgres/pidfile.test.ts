import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { findPostmaster, parsePidfile, pidfileOf } from "./pidfile";

const pidMax = 4_194_304;

function pidfile(pid: number, data: string, status = "ready   "): string {
  return `${pid}\n${data}\n1772323200\n40371\n\n127.0.0.1\n  1837421     65538\n${status}\n`;
}

function folderWith(text: (data: string) => string): string {
  const data = mkdtempSync(path.join(tmpdir(), "tenspot-pidfile-"));
  writeFileSync(pidfileOf(data), text(data));
  return data;
}

test("a server's own notes are read", () => {
  expect(parsePidfile(pidfile(71, "/data"))).toEqual({ pid: 71, folder: "/data", port: 40371, ready: true });
});

test("a server that starts or stops is not ready", () => {
  expect(parsePidfile(pidfile(71, "/data", "starting"))?.ready).toBe(false);
  expect(parsePidfile("71\n/data\n1772323200\n")).toEqual({ pid: 71, folder: "/data", port: 0, ready: false });
});

test("an empty or torn file is no server", () => {
  expect([parsePidfile(""), parsePidfile("-71\n/data\n"), parsePidfile("x\n/data\n")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a number given to another program since is stale: the server itself would wait for it", () => {
  expect(findPostmaster(folderWith((data) => pidfile(process.pid, data)))).toEqual({ kind: "stale" });
});

test("a file left by a server that is gone is left to the next server, which checks more than we do", () => {
  expect(findPostmaster(folderWith((data) => pidfile(pidMax - 1, data)))).toEqual({ kind: "none" });
});

test("no file, no server", () => {
  expect(findPostmaster(path.join(tmpdir(), "tenspot-nowhere"))).toEqual({ kind: "none" });
});

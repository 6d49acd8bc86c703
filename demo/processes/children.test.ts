import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { sources } from "@/demo/folders";
import { Children } from "./children";
import { isRunning, markOf, type ProcessMark } from "./identity";
import { waitFor } from "./wait";

let home: string;
const deadlineMs = 15_000;
const graceMs = 200;
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "tenspot-children-"));
});

function script(name: string, text: string): string {
  const file = path.join(home, name);
  writeFileSync(file, text);
  return file;
}

const stubborn = 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000);';
const sleeper = 'console.log("up"); setInterval(() => {}, 1000);';

async function started(children: Children, name: string, text: string): Promise<ProcessMark> {
  const child = children.start({ name, command: [script(`${name}.mjs`, text)], environment: process.env });
  await waitFor(() => readFileSync(children.logOf(name), "utf8").includes("up"), { deadlineMs });
  const mark = markOf(child.pid ?? 0);
  if (!mark) throw new Error(`${name} did not start`);
  return mark;
}

test("all end together, the stubborn by force", async () => {
  const children = new Children(home, graceMs);
  const marks = await Promise.all([started(children, "meek", sleeper), started(children, "stubborn", stubborn)]);
  await children.stopAll();
  expect(marks.filter(isRunning)).toEqual([]);
});

test("one that ends by itself is reported with the end of its log", async () => {
  const children = new Children(home, graceMs);
  const file = script("short.mjs", 'console.error("the reason"); process.exit(3);');
  const program = { name: "short", command: [file] as const, environment: process.env };
  const reason = await new Promise<Error>((resolve) => children.start(program, resolve));
  expect(reason.message).toMatch(/^short ended by itself \(exit code 3\)\.\n\nthe reason/);
});

test.each([
  ["before they run", () => true],
  ["while they run", () => readFileSync(path.join(home, "logs", "child.log"), "utf8").includes("up")],
])("children of a launcher that was killed %s end by themselves", async (_, moment) => {
  const launcher = spawn(
    process.execPath,
    ["--import", "tsx", path.join(sources, "demo/processes/fixtures/launcher.ts"), home, script("child.mjs", sleeper)],
    { cwd: sources, stdio: ["ignore", "pipe", "inherit"] },
  );
  const [said] = await once(launcher.stdout, "data");
  const mark: ProcessMark = JSON.parse(String(said));
  expect(isRunning(mark)).toBe(true);
  await waitFor(moment, { deadlineMs });
  launcher.kill("SIGKILL");
  expect(await waitFor(() => !isRunning(mark), { deadlineMs })).toBe(true);
});

test("what a killed launcher left is ended at the next start, and a stranger with the same number is not", async () => {
  const left = await started(new Children(home, graceMs), "stubborn", stubborn);
  const stranger = { pid: process.pid, began: "before this one" };
  writeFileSync(path.join(home, "processes.json"), JSON.stringify([left, stranger]));
  await new Children(home, graceMs).endLeftovers();
  expect([isRunning(left), markOf(process.pid)?.pid]).toEqual([false, process.pid]);
});

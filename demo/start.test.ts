import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { sources } from "./folders";

vi.setConfig({ testTimeout: 60_000 });

/** What a script that runs before anything is installed gives back. */
function evaluate(expression: string): unknown {
  const text = `import { tooOld } from "./demo/node-version.mjs"; import { isInstalled } from "./demo/install.mjs";
    console.log(JSON.stringify({ result: ${expression} }));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", text], {
    cwd: sources,
    encoding: "utf8",
  });
  return JSON.parse(stdout).result;
}

test("Node before 20.9 is refused in one sentence that names it", () => {
  expect(evaluate('["18.20.4", "20.8.1"].map(tooOld)')).toEqual([
    expect.stringMatching(
      /^Tenspot needs Node 20\.9 or newer, and this is Node 18\.20\.4: [^.]*https:\S* and try again\.$/,
    ),
    expect.stringContaining("this is Node 20.8.1"),
  ]);
});

test("Node from 20.9 on is taken", () => {
  expect(evaluate('["20.9.0", "20.20.0", "22.0.0", "100.0.0"].every((version) => !tooOld(version))')).toBe(true);
});

let root: string;
const at = (file: string) => path.join(root, file);
const installed = () => evaluate(`isInstalled(${JSON.stringify(root)})`);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tenspot-install-"));
  writeFileSync(at("package-lock.json"), "{}");
});

test("without node_modules nothing is installed", () => {
  expect(installed()).toBe(false);
});

test("what npm installed before package-lock.json changed is not what it lists", () => {
  mkdirSync(at("node_modules"));
  writeFileSync(at("node_modules/.package-lock.json"), "{}");
  expect(installed()).toBe(true);
  const later = Date.now() / 1000 + 60;
  utimesSync(at("package-lock.json"), later, later);
  expect(installed()).toBe(false);
});

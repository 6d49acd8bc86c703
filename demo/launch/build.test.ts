import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { digestOf, isBuilt, markBuilt } from "./build";

let root: string;
const at = (file: string) => path.join(root, file);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tenspot-build-"));
  for (const folder of ["app/deep", "lib", ".next"]) mkdirSync(at(folder), { recursive: true });
  writeFileSync(at("app/deep/page.tsx"), "one");
  writeFileSync(at("next.config.ts"), "config");
  writeFileSync(at("package-lock.json"), "{}");
  writeFileSync(at(".next/BUILD_ID"), "first");
  markBuilt(root, digestOf(root));
});

const isFresh = () => isBuilt(root, digestOf(root));

test("a build of these very sources is up to date", () => {
  expect(isFresh()).toBe(true);
});

test.each([
  ["a page's content", () => writeFileSync(at("app/deep/page.tsx"), "two")],
  ["a page's place", () => renameSync(at("app/deep/page.tsx"), at("app/page.tsx"))],
  ["a new file", () => writeFileSync(at("lib/new.ts"), "")],
  ["the configuration", () => writeFileSync(at("next.config.ts"), "other")],
  ["what is installed", () => writeFileSync(at("package-lock.json"), "{ }")],
  ["a build by other means since", () => writeFileSync(at(".next/BUILD_ID"), "second")],
  ["a build that was removed or never finished", () => rmSync(at(".next"), { recursive: true })],
])("%s makes the build stale", (_, change) => {
  change();
  expect(isFresh()).toBe(false);
});

test("tests and what Next writes itself do not", () => {
  writeFileSync(at("lib/new.test.ts"), "");
  writeFileSync(at("next-env.d.ts"), "");
  writeFileSync(at("vitest.config.mts"), "");
  expect(isFresh()).toBe(true);
});

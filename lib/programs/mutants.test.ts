import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sources } from "@/demo/folders";
import { mutants } from "@/lib/testing/mutants";
import { MutantTree } from "@/lib/testing/mutate";

/**
 * Ten faults of the engine, each of which turns one named test red: floor per event; window end included; own template
 * paid; duplicate inside a batch; promo after paid; gate drops the first second; arrears counted as paid; draw made
 * twice; debt not settled first; late event on today's page. `lib/testing/mutants.ts` says how, and which test.
 */
test("there are ten mutants, each of a line that stands once and of a test that exists", () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(10);
  for (const { file, find, testFile, testName } of mutants) {
    const read = (name: string) => readFileSync(path.join(sources, name), "utf8");
    expect(read(file).split(find), `${find} in ${file}`).toHaveLength(2);
    expect(read(testFile).replace(/\$\{LENGTH_MAX\}/g, "7"), testFile).toContain(testName);
  }
});

// Each takes a run of its own: some seconds in memory, some tens with a database.
describe.skipIf(!process.env.FULL)("a mutant turns its test red", () => {
  let tree: MutantTree;

  beforeAll(() => {
    tree = new MutantTree(sources);
  });
  afterAll(() => tree?.remove());

  for (const mutant of mutants) {
    test(`${mutant.name}: ${mutant.testName}`, { timeout: 600_000 }, async () => {
      expect(await tree.run(mutant), "without the fault").toBe("passed");
      expect(await tree.verdict(mutant), "with the fault").toBe("failed");
    });
  }
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildVerifier, VERIFIER } from "./build";

test("the published verifier is what its sources build: `npx tsx components/fairness/verifier/build.ts` renews it", async () => {
  expect(readFileSync(VERIFIER, "utf8") === (await buildVerifier())).toBe(true);
});

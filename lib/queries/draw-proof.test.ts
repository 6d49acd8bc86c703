import { bytesToHex } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { drawBonus } from "@/lib/programs/draw";
import { chainLink } from "@/lib/programs/local-beacon";
import { defaultOdds } from "@/lib/programs/odds";
import { type DrawToProve, proveDraw } from "./draw-proof";

const seed = new Uint8Array(32).fill(9);
const drawId = "0190a1b2-0000-7000-8000-00000000abcd";
const link = chainLink(seed, 50, 17);
const published: DrawToProve = {
  drawId,
  odds: defaultOdds,
  randomness: bytesToHex(link),
  amount: drawBonus(defaultOdds, link, drawId).amount,
  link: { anchor: bytesToHex(chainLink(seed, 50, 0)), distance: 17 },
};

test("a published draw proves its amount and its place in the chain", () => {
  const proof = proveDraw(published);
  expect(proof).toMatchObject({ agrees: true, problem: null, linkHolds: true });
  expect(proof.steps.at(0)?.pick).toBe("tier");
  expect(proof.steps.at(-1)?.pick).toBe("cents");
});

test("a draw of another beacon has no link to prove", () => {
  expect(proveDraw({ ...published, link: null }).linkHolds).toBeNull();
});

test.each<[string, Partial<DrawToProve>, object]>([
  ["another amount", { amount: nanos(published.amount + 10_000_000n) }, { agrees: false, linkHolds: true, tier: null }],
  ["another distance", { link: { anchor: bytesToHex(chainLink(seed, 50, 0)), distance: 18 } }, { linkHolds: false }],
  ["another anchor", { link: { anchor: "00".repeat(32), distance: 17 } }, { linkHolds: false }],
  ["other randomness", { randomness: "00".repeat(32) }, { linkHolds: false }],
])("%s is not proved, whatever was proved before", (_what, change, expected) => {
  proveDraw(published);
  expect(proveDraw({ ...published, ...change })).toMatchObject(expected);
});

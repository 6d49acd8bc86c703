import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { webHashing } from "@/components/fairness/web-hashing";
import { amountText } from "@/lib/money/format";
import { recordedRounds, unlessRecorded } from "@/lib/services/programs/testing/recorded-rounds";
import { type CheckedStep, checkDraw } from "./check-draw";
import { drawBonus } from "./draw";
import { chainLink } from "./local-beacon";
import { defaultOdds, oddsHash } from "./odds";
import { readPublishedDraw } from "./published-draw";
import { drandRoundTime } from "./quicknet";

const seed = new Uint8Array(32).fill(3);
const drawId = "0190a1b2-0000-7000-8000-00000000abcd";
const randomness = bytesToHex(chainLink(seed, 2_000, 1_203));

const local = {
  drawId,
  program: "signup-bonus",
  state: "drawn",
  dueAt: "2026-11-21T11:59:59.000Z",
  boundAt: "2026-11-21T12:00:00.000Z",
  drawnAt: "2026-11-21T12:00:04.000Z",
  amount: amountText(drawBonus(defaultOdds, hexToBytes(randomness), drawId).amount),
  oddsHash: oddsHash(defaultOdds),
  odds: { tiers: defaultOdds.tiers.map((tier) => [...tier]), v: 1 },
  beacon: {
    name: "local",
    round: 1_203,
    roundAt: "2026-11-21T12:00:03.500Z",
    randomness,
    signature: null as string | null,
    anchor: bytesToHex(chainLink(seed, 2_000, 0)) as string | null,
    distance: 1_203 as number | null,
  },
};
type Json = typeof local;

async function check(published: Json): Promise<CheckedStep[]> {
  const hashing = webHashing();
  if (!hashing) throw new Error("No WebCrypto here");
  const read = readPublishedDraw(JSON.parse(JSON.stringify(published)));
  if (!read.ok) throw new Error(read.message);
  const steps: CheckedStep[] = [];
  for await (const step of checkDraw(read.draw, hashing)) steps.push(step);
  return steps;
}

/** Whether a stranger's check lets a draw pass. */
const passes = async (published: Json): Promise<boolean> => {
  if (!readPublishedDraw(published).ok) return false;
  return (await check(published)).every(({ holds }) => holds !== false);
};

const bent = (hex: string, at: number) => `${hex.slice(0, at)}${hex[at] === "0" ? "1" : "0"}${hex.slice(at + 1)}`;
const other = (draw: Json, change: Partial<Json["beacon"]>): Json => ({
  ...draw,
  beacon: { ...draw.beacon, ...change },
});

describe("a draw of the local beacon, checked by WebCrypto", () => {
  test("holds in every step, with every value on the way", async () => {
    const steps = await check(local);
    expect(steps.map(({ title, holds }) => [title, holds])).toEqual([
      ["The odds are those the draw belongs to", true],
      ["The round was fixed before it was out", true],
      ["The randomness is a link of the published chain", true],
      ["The first number picks the tier", null],
      ["The second number picks the cents", null],
      ["The amount is the one that was posted", true],
    ]);
    const values = steps.flatMap((step) => step.values.map(({ value }) => value));
    for (const value of [local.oddsHash, local.beacon.anchor, `bonus-draw/v1|${local.oddsHash}|${drawId}|0`]) {
      expect(values).toContain(value);
    }
  });

  test.each<[string, Json]>([
    ["id", { ...local, drawId: bent(drawId, 35) }],
    ["amount", { ...local, amount: "6" }],
    ["hash of the odds", { ...local, oddsHash: bent(local.oddsHash, 9) }],
    [
      "odds",
      {
        ...local,
        odds: { ...local.odds, tiers: [[700_000, 500, 501], [265_000, 502, 1_000], ...local.odds.tiers.slice(2)] },
      },
    ],
    ["state", { ...local, state: "bound" }],
    ["time of binding", { ...local, boundAt: "2026-11-21T12:00:01.000Z" }],
    ["time of drawing", { ...local, drawnAt: "2026-11-21T12:00:03.000Z" }],
    ["round's time", other(local, { roundAt: "2026-11-21T12:00:02.000Z" })],
    ["beacon's name", other(local, { name: "drand" })],
    ["randomness", other(local, { randomness: bent(randomness, 63) })],
    ["anchor", other(local, { anchor: bent(local.beacon.anchor ?? "", 0) })],
    ["missing anchor", other(local, { anchor: null })],
    ["distance", other(local, { distance: 1_202 })],
  ])("does not hold with another %s", async (_, changed) => {
    expect(await passes(changed)).toBe(false);
  });

  test("tells how far it is down a long chain", async () => {
    const read = readPublishedDraw(local);
    const hashing = webHashing();
    if (!read.ok || !hashing) throw new Error("not read");
    const told: [number, number][] = [];
    for await (const _ of checkDraw(read.draw, hashing, (done, of) => told.push([done, of])));
    expect(told).toEqual([
      [500, 1_203],
      [1_000, 1_203],
    ]);
  });
});

describe.skipIf(!recordedRounds)(`a draw of drand, checked by WebCrypto${unlessRecorded}`, () => {
  const [recorded] = recordedRounds?.rounds ?? [];
  if (!recorded) return;
  const roundAt = drandRoundTime(recorded.round);
  const drand: Json = {
    ...local,
    boundAt: new Date(roundAt - 92_000).toISOString(),
    drawnAt: new Date(roundAt + 500).toISOString(),
    amount: amountText(drawBonus(defaultOdds, hexToBytes(recorded.randomness), drawId).amount),
    beacon: { ...recorded, name: "drand", roundAt: new Date(roundAt).toISOString(), anchor: null, distance: null },
  };

  test("holds in every step", async () => {
    expect((await check(drand)).map(({ holds }) => holds)).toEqual([true, true, true, true, null, null, true]);
  });

  test.each<[string, Json]>([
    ["signature", other(drand, { signature: bent(recorded.signature, 60) })],
    ["missing signature", other(drand, { signature: null })],
    ["randomness", other(drand, { randomness: bent(recorded.randomness, 1) })],
    ["round", other(drand, { round: recorded.round + 1 })],
    [
      "round, and its time with it",
      other(drand, { round: recorded.round + 1, roundAt: new Date(roundAt + 3_000).toISOString() }),
    ],
    ["time of binding", { ...drand, boundAt: new Date(roundAt - 89_000).toISOString() }],
  ])("does not hold with another %s", async (_, changed) => {
    expect(await passes(changed)).toBe(false);
  });
});

test.each<[string, unknown]>([
  ["nothing", null],
  ["a list", []],
  ["an error of the API", { type: "about:blank", title: "Not Found", status: 404 }],
  ["a draw without a beacon", { ...local, beacon: null }],
  ["numbers as text", { ...local, beacon: { ...local.beacon, round: "1203" } }],
  ["an amount as a number", { ...local, amount: 5 }],
])("%s is refused with a sentence", (_, value) => {
  expect(readPublishedDraw(value)).toEqual({ ok: false, message: expect.stringMatching(/\.$/) });
});

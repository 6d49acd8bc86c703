import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { drawBonus } from "@/lib/programs/draw";
import { chainLink } from "@/lib/programs/local-beacon";
import { defaultOdds, type Odds } from "@/lib/programs/odds";
import { drandRoundTime } from "@/lib/programs/quicknet";
import { recordedRounds, unlessRecorded } from "@/lib/services/programs/testing/recorded-rounds";
import { type DrawToProve, proveDraw } from "./draw-proof";

const seed = new Uint8Array(32).fill(9);
const drawId = "0190a1b2-0000-7000-8000-00000000abcd";
const link = chainLink(seed, 50, 17);
const boundAt = Date.parse("2026-11-21T12:00:00.000Z");
const local: DrawToProve = {
  drawId,
  odds: defaultOdds,
  amount: drawBonus(defaultOdds, link, drawId).amount,
  round: {
    beacon: "local",
    round: 17,
    boundAt,
    roundAt: boundAt + 3_500,
    drawnAt: boundAt + 4_000,
    randomness: bytesToHex(link),
    signature: null,
    link: { anchor: bytesToHex(chainLink(seed, 50, 0)), distance: 17 },
  },
};

const heavier: Odds = {
  ...defaultOdds,
  tiers: [[699_999, 500, 500], [265_001, 501, 1_000], ...defaultOdds.tiers.slice(2)],
};
const proves = (draw: DrawToProve) => {
  const { agrees, beaconProblem } = proveDraw(draw);
  return agrees && beaconProblem === null;
};

/** Every field a draw is proved by, and other values for it. A field without any does not compile. */
function flips(
  draw: DrawToProve,
): Record<Exclude<keyof DrawToProve, "round">, Partial<DrawToProve>[]> &
  Record<`round.${keyof DrawToProve["round"]}`, Partial<DrawToProve>[]> {
  const { round } = draw;
  const bent = (hex: string, at: number) => `${hex.slice(0, at)}${hex[at] === "0" ? "1" : "0"}${hex.slice(at + 1)}`;
  const other = (change: Partial<DrawToProve["round"]>) => ({ round: { ...round, ...change } });
  const { link: its, signature } = round;
  return {
    drawId: [{ drawId: bent(drawId, 35) }],
    odds: [{ odds: heavier }],
    amount: [{ amount: nanos(draw.amount + 1n) }, { amount: nanos(draw.amount + 10_000_000n) }],
    "round.beacon": [other({ beacon: round.beacon === "local" ? "drand" : "local" })],
    "round.round": round.beacon === "drand" ? [other({ round: round.round + 1 })] : [],
    "round.boundAt": [other({ boundAt: round.roundAt - 2_999 }), other({ boundAt: round.drawnAt })],
    "round.roundAt": [other({ roundAt: round.boundAt }), other({ roundAt: round.drawnAt + 1 })],
    "round.drawnAt": [other({ drawnAt: round.roundAt - 1 })],
    "round.randomness": [
      ...[0, 31, 63].map((at) => other({ randomness: bent(round.randomness, at) })),
      other({ randomness: "" }),
      other({ randomness: round.randomness.slice(2) }),
      other({ randomness: round.randomness.toUpperCase() }),
    ],
    "round.signature": [other({ signature: signature === null ? "aa".repeat(48) : bent(signature, 50) })],
    "round.link": [
      ...(its
        ? [
            other({ link: { ...its, distance: its.distance + 1 } }),
            other({ link: { ...its, anchor: bent(its.anchor, 5) } }),
            other({ link: null }),
          ]
        : [other({ link: { anchor: round.randomness, distance: 0 } })]),
    ],
  };
}

describe("a published draw of the local beacon", () => {
  test("proves its amount and its place in the chain", () => {
    const proof = proveDraw(local);
    expect(proof).toMatchObject({ agrees: true, problem: null, beaconProblem: null });
    expect(proof.steps.at(0)?.pick).toBe("tier");
    expect(proof.steps.at(-1)?.pick).toBe("cents");
  });

  test.each(Object.entries(flips(local)))("does not with its %s changed, whatever was proved before", (_, changes) => {
    for (const change of changes) {
      expect(proves(local)).toBe(true);
      expect(proves({ ...local, ...change })).toBe(false);
    }
  });
});

describe.skipIf(!recordedRounds)(`a published draw of drand${unlessRecorded}`, () => {
  const [recorded] = recordedRounds?.rounds ?? [];
  if (!recorded) return;
  const { round, randomness, signature } = recorded;
  const roundAt = drandRoundTime(round);
  const drand: DrawToProve = {
    drawId,
    odds: defaultOdds,
    amount: drawBonus(defaultOdds, hexToBytes(randomness), drawId).amount,
    round: {
      beacon: "drand",
      round,
      boundAt: roundAt - 92_000,
      roundAt,
      drawnAt: roundAt + 1,
      randomness,
      signature,
      link: null,
    },
  };

  test.each(Object.entries(flips(drand)))("proves itself, and does not with its %s changed", (_, changes) => {
    expect(proves(drand)).toBe(true);
    for (const change of changes) expect(proves({ ...drand, ...change })).toBe(false);
  });
});

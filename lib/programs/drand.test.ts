import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { fetchBeacon } from "drand-client";
import { describe, expect, test } from "vitest";
import { recordedRounds, unlessRecorded } from "@/lib/services/programs/testing/recorded-rounds";
import { verifyDrandRound } from "./drand";
import { drandRoundTime, firstDrandRound, quicknet } from "./quicknet";

describe("the round that comes out", () => {
  test("at genesis is the first, and another follows every three seconds", () => {
    expect(drandRoundTime(1)).toBe(1_692_803_367_000);
    expect(drandRoundTime(1_001) - drandRoundTime(1_000)).toBe(3_000);
  });

  test("at an instant or next after it is found to the millisecond", () => {
    for (const round of [2, 1_000, 33_000_000]) {
      const at = drandRoundTime(round);
      expect(firstDrandRound(at)).toBe(round);
      expect(firstDrandRound(at + 1)).toBe(round + 1);
      expect(firstDrandRound(at - 1)).toBe(round);
      expect(firstDrandRound(at - 3_000)).toBe(round - 1);
    }
    expect(firstDrandRound(0)).toBe(1);
  });
});

describe.skipIf(!recordedRounds)(`recorded rounds${unlessRecorded}`, () => {
  const { chain, rounds } = recordedRounds ?? { chain: null, rounds: [] };
  const [round, other] = rounds;
  if (!round || !other) return;
  const flipped = (hex: string, at: number) => `${hex.slice(0, at)}${hex[at] === "0" ? "1" : "0"}${hex.slice(at + 1)}`;

  test("come from the chain that is pinned", () => {
    expect(chain).toMatchObject({
      hash: quicknet.chainHash,
      public_key: quicknet.publicKey,
      schemeID: quicknet.scheme,
      genesis_time: quicknet.genesisTime,
      period: quicknet.period,
    });
  });

  test("verify against the pinned key, here and by the network's own client", async () => {
    const info = {
      public_key: quicknet.publicKey,
      period: quicknet.period,
      genesis_time: quicknet.genesisTime,
      hash: quicknet.chainHash,
      groupHash: "",
      schemeID: quicknet.scheme,
      metadata: { beaconID: "quicknet" },
    };
    for (const recorded of rounds) {
      expect(verifyDrandRound(recorded)).toBe(true);
      const client = {
        options: { disableBeaconVerification: false, noCache: false },
        get: async () => recorded,
        latest: async () => recorded,
        chain: () => ({ baseUrl: "", info: async () => info }),
      };
      await expect(fetchBeacon(client, recorded.round)).resolves.toEqual(recorded);
    }
  });

  test("with any digit of signature or randomness changed are refused", () => {
    for (let at = 0; at < 96; at += 1) {
      expect(verifyDrandRound({ ...round, signature: flipped(round.signature, at) })).toBe(false);
    }
    for (let at = 0; at < 64; at += 1) {
      expect(verifyDrandRound({ ...round, randomness: flipped(round.randomness, at) })).toBe(false);
    }
  });

  test("are refused where randomness and signature agree with each other and not with the key", () => {
    const forged = (signature: string) => ({
      round: round.round,
      signature,
      randomness: bytesToHex(sha256(hexToBytes(signature))),
    });
    expect(verifyDrandRound(forged(round.signature))).toBe(true);
    for (const at of [0, 1, 40, 95]) expect(verifyDrandRound(forged(flipped(round.signature, at)))).toBe(false);
    expect(verifyDrandRound(forged(other.signature))).toBe(false);
    expect(verifyDrandRound(forged(`c0${"0".repeat(94)}`))).toBe(false);
  });

  test.each<[string, Partial<typeof round>]>([
    ["another round's number", { round: other.round }],
    ["no round's number", { round: 0 }],
    ["half a round", { round: 1_000.5 }],
    ["upper case", { signature: round.signature.toUpperCase() }],
    ["a longer signature", { signature: `${round.signature}00` }],
    ["an empty signature", { signature: "" }],
  ])("with %s are refused", (_, change) => {
    expect(verifyDrandRound({ ...round, ...change })).toBe(false);
  });
});

import { createHash } from "node:crypto";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { CHAIN_LENGTH, CHAIN_RESERVE, chainLink, chainSeed, needsNewChain, verifyLink } from "./local-beacon";

const seed = hexToBytes("19b25856e1c150ca834cffc8b59b23adbd0ec0389e58eb22b3b64768098d002b");
const length = 10;
const anchor = chainLink(seed, length, 0);

describe("a chain", () => {
  test("ends in the anchor that hashing its seed by hand gives", () => {
    expect(bytesToHex(anchor)).toBe("4fe1a5456d0bbe0e6f81a8079564dfed28cb7dd384c9759a2953fa0293ba1b7f");
    expect(chainLink(seed, length, length)).toEqual(seed);
  });

  test("each link is the SHA-256 of the next one to be revealed", () => {
    for (let distance = 0; distance < length; distance += 1) {
      const next = createHash("sha256")
        .update(chainLink(seed, length, distance + 1))
        .digest();
      expect(bytesToHex(chainLink(seed, length, distance))).toBe(next.toString("hex"));
    }
  });

  test("of full length verifies at both ends and in the middle", () => {
    const end = chainLink(seed, CHAIN_LENGTH, 0);
    for (const distance of [1, 5_000, CHAIN_LENGTH]) {
      expect(verifyLink(chainLink(seed, CHAIN_LENGTH, distance), distance, end)).toBe(true);
    }
  });

  test.each([-1, 0.5, 11, Number.NaN])("has no link at distance %d", (distance) => {
    expect(() => chainLink(seed, length, distance)).toThrow(RangeError);
  });

  test("begins with 32 bytes, no more and no less", () => {
    expect(() => chainLink(seed.slice(1), length, 1)).toThrow(RangeError);
    expect(() => chainSeed(new Uint8Array(16), "1")).toThrow(RangeError);
  });
});

describe("verifyLink", () => {
  const link = chainLink(seed, length, 4);

  test("accepts a link at its own distance and at no other", () => {
    for (let distance = -1; distance <= length + 1; distance += 1) {
      expect(verifyLink(link, distance, anchor)).toBe(distance === 4);
    }
    expect(verifyLink(link, 4.5, anchor)).toBe(false);
    expect(verifyLink(link, Number.POSITIVE_INFINITY, anchor)).toBe(false);
    expect(verifyLink(link, 2 ** 40, anchor)).toBe(false);
  });

  test("refuses the link or the anchor with any bit flipped", () => {
    for (let bit = 0; bit < 256; bit += 1) {
      const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(verifyLink(flipped(link), 4, anchor)).toBe(false);
      expect(verifyLink(link, 4, flipped(anchor))).toBe(false);
    }
  });

  test("refuses the anchor itself, and what has not 32 bytes", () => {
    expect(verifyLink(anchor, 0, anchor)).toBe(false);
    expect(verifyLink(link.slice(1), 4, anchor)).toBe(false);
    expect(verifyLink(link, 4, anchor.slice(0, 0))).toBe(false);
    expect(verifyLink(utf8ToBytes(bytesToHex(link)), 4, anchor)).toBe(false);
  });
});

test("chains of one secret have seeds of their own, the same every time", () => {
  expect(bytesToHex(chainSeed(seed, "chain-1"))).toBe(
    "c16ead73acf9545bc8cad0e644b712cd64a0117d41f8d98166ec241c54822f0e",
  );
  expect(chainSeed(seed, "chain-2")).not.toEqual(chainSeed(seed, "chain-1"));
});

test("a new chain is due before the last 1,000 links are reached", () => {
  expect(needsNewChain(CHAIN_LENGTH - CHAIN_RESERVE - 1, CHAIN_LENGTH)).toBe(false);
  expect(needsNewChain(CHAIN_LENGTH - CHAIN_RESERVE, CHAIN_LENGTH)).toBe(true);
});

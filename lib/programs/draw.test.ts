import crypto, { createHmac } from "node:crypto";
import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { holds } from "@/lib/testing/holds";
import { bonusDrawer, drawBonus, drawFrom, type PublishedDraw, verifyDraw } from "./draw";
import { fairness } from "./fairness";
import { defaultOdds, fromCents, type Odds, type OddsTier, oddsHash } from "./odds";

const randomness = hexToBytes("8d2d72c97cb3b209dd0cecc816739cc9bc5b8de68442494568d6c60c11a3039b");
const drawIds = (last: string) => `0190b3a0-7c1e-7000-8000-${last.padStart(12, "0")}`;

const sha256Hex = (data: Uint8Array): string =>
  // One call into OpenSSL since Node 20.12; before it, three.
  crypto.hash ? crypto.hash("sha256", data, "hex") : crypto.createHash("sha256").update(data).digest("hex");

/** HMAC-SHA256 as RFC 2104 writes it down, for a key of 32 bytes, in buffers that are used again. */
function quickHmac() {
  const inner = Buffer.alloc(64 + 128, 0x36);
  const outer = Buffer.alloc(64 + 32, 0x5c);
  return {
    setKey(key: Uint8Array) {
      for (const [index, byte] of key.entries()) {
        inner[index] = byte ^ 0x36;
        outer[index] = byte ^ 0x5c;
      }
    },
    firstSixBytes(message: string): number {
      const end = 64 + inner.write(message, 64, "latin1");
      outer.write(sha256Hex(inner.subarray(0, end)), 64, "hex");
      return Number.parseInt(sha256Hex(outer).slice(0, 12), 16);
    },
  };
}

/** Draws from given numbers, in order. */
function drawOf(odds: Odds, numbers: readonly number[]) {
  return drawFrom(odds, (counter) => {
    const x = numbers[counter];
    if (x === undefined) throw new Error("more numbers taken than expected");
    return { message: `${counter}`, x };
  });
}

test("the quick HMAC of these tests is HMAC-SHA256", () => {
  const hmac = quickHmac();
  for (const [n, message] of ["", "0", "bonus-draw/v1|".repeat(9)].entries()) {
    const key = randomness.map((byte) => byte ^ n);
    hmac.setKey(key);
    expect(hmac.firstSixBytes(message)).toBe(createHmac("sha256", key).update(message).digest().readUIntBE(0, 6));
  }
});

describe("drawBonus", () => {
  // Computed by a program in another language from the published description alone.
  test.each([
    ["0", 1, 500, [161_470_581_251_127, 248_238_605_520_691]],
    ["1", 1, 500, [232_797_122_529_442, 92_580_649_258_376]],
    ["2", 3, 2_006, [222_370_865_981_175, 7_590_186_305_505]],
    ["7f1", 6, 35_130, [226_030_986_999_980, 278_075_708_260_129]],
  ])("the draw …%s falls in tier %d at %d cents, as computed elsewhere", (last, tier, cents, numbers) => {
    const draw = drawBonus(defaultOdds, randomness, drawIds(last));
    expect(draw.tier).toBe(tier);
    expect(draw.amount).toBe(fromCents(cents));
    expect(draw.steps.map((step) => step.x)).toEqual(numbers);
  });

  test("its steps lead a reader from the message to the amount", () => {
    const { steps, amount } = drawBonus(defaultOdds, randomness, drawIds("2"));
    expect(steps).toEqual([
      {
        pick: "tier",
        counter: 0,
        message: `bonus-draw/v1|${oddsHash(defaultOdds)}|${drawIds("2")}|0`,
        x: 222_370_865_981_175,
        choices: 1_000_000,
        limit: 281_474_976_000_000,
        chosen: 981_175,
      },
      {
        pick: "cents",
        counter: 1,
        message: `bonus-draw/v1|${oddsHash(defaultOdds)}|${drawIds("2")}|1`,
        x: 7_590_186_305_505,
        choices: 1_500,
        limit: 281_474_976_709_500,
        chosen: 1_005,
      },
    ]);
    expect(amount).toBe(fromCents(1_001 + 1_005));
  });

  test("the same input gives the same draw, and many draws are what single draws are", () => {
    const draw = bonusDrawer(defaultOdds);
    for (let n = 0; n < 50; n += 1) {
      const id = drawIds(n.toString(16));
      expect(draw(randomness, id)).toEqual(drawBonus(defaultOdds, randomness, id));
    }
  });

  test.each([
    ["31 bytes of randomness", randomness.slice(1), drawIds("0")],
    ["33 bytes of randomness", new Uint8Array(33), drawIds("0")],
    ["an id in upper case", randomness, drawIds("0").toUpperCase()],
    ["an id that is no UUID", randomness, "0"],
    ["an id with something behind it", randomness, `${drawIds("0")}\n`],
  ])("refuses %s", (_, bytes, drawId) => {
    expect(() => drawBonus(defaultOdds, bytes, drawId)).toThrow(RangeError);
  });
});

describe("a pick is uniform", () => {
  const tierLimit = 281_474_976_000_000;
  const x48 = 2 ** 48 - 1;

  test("the last number below the limit counts and the limit itself is rejected", () => {
    expect(drawOf(defaultOdds, [tierLimit - 1, 0])).toMatchObject({ tier: 6, amount: fromCents(25_001) });
    const retried = drawOf(defaultOdds, [tierLimit, 700_000, 0]);
    expect(retried).toMatchObject({ tier: 2, amount: fromCents(501) });
    expect(retried.steps.map(({ counter, chosen }) => [counter, chosen])).toEqual([
      [0, null],
      [1, 700_000],
      [2, 0],
    ]);
  });

  test("the counter runs on across rejections in both picks", () => {
    const draw = drawOf(defaultOdds, [x48, tierLimit, 965_000, x48, 281_474_976_709_500, 1_499]);
    expect(draw).toMatchObject({ tier: 3, amount: fromCents(2_500) });
    expect(draw.steps.map((step) => step.counter)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(draw.steps.map((step) => step.pick)).toEqual(["tier", "tier", "tier", "cents", "cents", "cents"]);
  });

  test("a choice among a power of two rejects nothing", () => {
    const odds: Odds = { tiers: [[1_000_000, 1, 2 ** 16]], v: 1 };
    expect(drawOf(odds, [0, x48]).amount).toBe(fromCents(2 ** 16));
  });

  test("one cent of one tier is still drawn, so that every draw reads alike", () => {
    expect(drawOf(defaultOdds, [0, x48]).steps.at(-1)).toMatchObject({ choices: 1, limit: 2 ** 48, chosen: 0 });
  });

  test("each boundary of the cumulative weights falls to the tier it begins", () => {
    const starts = [0, 700_000, 965_000, 995_000, 999_500, 999_950];
    for (const [index, start] of starts.entries()) {
      expect(drawOf(defaultOdds, [start, 0]).tier).toBe(index + 1);
      if (start > 0) expect(drawOf(defaultOdds, [start - 1, 0]).tier).toBe(index);
    }
  });
});

describe("verifyDraw", () => {
  const drawId = drawIds("7f1");
  const published: PublishedDraw = {
    drawId,
    odds: defaultOdds,
    oddsHash: oddsHash(defaultOdds),
    randomness,
    amount: fromCents(35_130),
  };
  const refuses = (change: Partial<PublishedDraw>) => expect(verifyDraw({ ...published, ...change }).ok).toBe(false);
  const otherDigit = (text: string, at: number) =>
    `${text.slice(0, at)}${text[at] === "0" ? "1" : "0"}${text.slice(at + 1)}`;

  test("accepts a draw that is what its data gives", () => {
    expect(verifyDraw(published)).toMatchObject({ ok: true, draw: { tier: 6, amount: fromCents(35_130) } });
  });

  test("every bit of the randomness, flipped, is refused", () => {
    for (let bit = 0; bit < 256; bit += 1) {
      refuses({ randomness: randomness.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)) });
    }
    refuses({ randomness: randomness.slice(1) });
  });

  test("every digit of the draw's id and of the hash of its odds, changed, is refused", () => {
    for (let at = 0; at < drawId.length; at += 1) refuses({ drawId: otherDigit(drawId, at) });
    for (let at = 0; at < 64; at += 1) refuses({ oddsHash: otherDigit(published.oddsHash, at) });
    refuses({ drawId: drawId.toUpperCase() });
    refuses({ oddsHash: published.oddsHash.toUpperCase() });
  });

  test("every number of its odds, changed, is refused, with the old hash and with the new one where it mattered", () => {
    const changed = defaultOdds.tiers.flatMap((tier, at) =>
      tier.map((_, part): Odds => {
        const bent = (n: number, j: number) => (j === part ? n + 1 : n);
        const tiers = defaultOdds.tiers.map((each, i): OddsTier => {
          const [weight, min, max] = each;
          return i === at ? [bent(weight, 0), bent(min, 1), bent(max, 2)] : each;
        });
        return { tiers, v: 1 };
      }),
    );
    expect(changed).toHaveLength(18);
    for (const odds of changed) {
      refuses({ odds });
      // The hash is part of every message: other odds draw other numbers, even where the change is in another tier.
      refuses({ odds, oddsHash: oddsHash(odds) });
    }
  });

  test("odds that do not add up are refused, not drawn from", () => {
    const odds: Odds = { tiers: [[1, 500, 500]], v: 1 };
    refuses({ odds, oddsHash: oddsHash(odds) });
  });

  test("a nano-dollar more or less is refused", () => {
    refuses({ amount: nanos(published.amount + 1n) });
    refuses({ amount: nanos(published.amount - 1n) });
  });
});

test("W14: 1,000,000 draws stay inside the 0.1 % chi-square limit in every tier, with a mean of $6.39 ± $0.03", {
  timeout: 180_000,
}, () => {
  // The numbers come from a stranger's hash, many times as fast; every five-hundredth draw is compared with the product's.
  const hash = oddsHash(defaultOdds);
  const product = bonusDrawer(defaultOdds);
  const key = Uint8Array.from(randomness);
  const seed = new DataView(key.buffer);
  const hmac = quickHmac();
  const counts = defaultOdds.tiers.map(() => 0);
  let total = 0n;
  for (let n = 0; n < 1_000_000; n += 1) {
    seed.setUint32(0, n);
    const drawId = drawIds(n.toString(16));
    hmac.setKey(key);
    const draw = drawFrom(defaultOdds, (counter) => {
      const message = `bonus-draw/v1|${hash}|${drawId}|${counter}`;
      return { message, x: hmac.firstSixBytes(message) };
    });
    if (n % 500 === 0) expect(product(key, drawId)).toEqual(draw);
    counts[draw.tier - 1] = (counts[draw.tier - 1] ?? 0) + 1;
    total += draw.amount;
  }
  const result = fairness(defaultOdds, counts);
  expect(result).toMatchObject({ draws: 1_000_000, degrees: 5 });
  holds("W14", "draws, and whether chi-square stays inside 0.1 %", [result.draws, result.within], [1_000_000, true]);
  const mean = total / 1_000_000n;
  const off = mean - 6_392_750_000n;
  const cents = `$${mean / 1_000_000_000n}.${String(mean).padStart(10, "0").slice(-9, -7)}`;
  holds("W14", `whether their mean, ${cents}, is $6.39 ± $0.03`, off < 30_000_000n && off > -30_000_000n, true);
});

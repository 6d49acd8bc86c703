import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Nanos } from "@/lib/money/nanos";
import { fromCents, ODDS_WEIGHT_TOTAL, type Odds, oddsHash, parseOdds } from "./odds";

/** One number taken from the randomness, as a person may recompute it. */
export interface DrawStep {
  pick: "tier" | "cents";
  counter: number;
  /** What HMAC-SHA256, keyed with the randomness, is taken of. */
  message: string;
  /** The first six bytes of that, big-endian. */
  x: number;
  /** How many choices there are. */
  choices: number;
  /** The largest multiple of `choices` up to 2^48: a number at or above it would favour some choices. */
  limit: number;
  /** `x` mod `choices`; null where `x` was rejected. */
  chosen: number | null;
}

export interface Draw {
  amount: Nanos;
  /** Counted from 1, as the published table does. */
  tier: number;
  steps: DrawStep[];
}

const X_RANGE = 2 ** 48;
export const DRAW_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A draw's bonus: a function of the published odds, the beacon's randomness and the draw's own id, and of nothing
 * else, so that anyone can repeat the calculation and nobody the draw.
 * @param randomness 32 bytes
 * @param drawId a UUID in lower case
 * @throws RangeError when either has another form
 */
export const drawBonus = (odds: Odds, randomness: Uint8Array, drawId: string): Draw =>
  bonusDrawer(odds)(randomness, drawId);

/** {@link drawBonus} for many draws under the same odds, which are hashed once. */
export function bonusDrawer(odds: Odds): (randomness: Uint8Array, drawId: string) => Draw {
  const hash = oddsHash(odds);
  return (randomness, drawId) => {
    if (randomness.length !== 32) throw new RangeError(`Randomness has 32 bytes, not ${randomness.length}`);
    if (!DRAW_ID.test(drawId)) throw new RangeError("A draw's id is a UUID in lower case");
    const prefix = messagePrefix(hash, drawId);
    const keyed = hmac.create(sha256, randomness).update(utf8ToBytes(prefix));
    return drawFrom(odds, (counter) => {
      const digest = keyed
        .clone()
        .update(utf8ToBytes(`${counter}`))
        .digest();
      return { message: `${prefix}${counter}`, x: firstSixBytes(digest) };
    });
  };
}

/** A number of a draw: the message it is taken of, and its first six bytes. */
export interface DrawNumber {
  message: string;
  x: number;
}

/** What every message of a draw begins with; its counter follows, as decimal text. */
export const messagePrefix = (hash: string, drawId: string): string => `bonus-draw/v1|${hash}|${drawId}|`;

/** The same choice from any source of numbers below 2^48: the odds and the rejections, without the hash. */
export function drawFrom(odds: Odds, take: (counter: number) => DrawNumber): Draw {
  const drawing = choices(odds);
  for (let next = drawing.next(); ; next = drawing.next(take(next.value))) {
    if (next.done) return next.value;
  }
}

/** Asks for number after number, by counter, until the draw is made: for sources that answer at once, and others. */
export function* choices(odds: Odds): Generator<number, Draw, DrawNumber> {
  const steps: DrawStep[] = [];
  const { tier, minCents, maxCents } = tierAt(odds, yield* choose(steps, "tier", ODDS_WEIGHT_TOTAL));
  const cents = minCents + (yield* choose(steps, "cents", maxCents - minCents + 1));
  return { amount: fromCents(cents), tier, steps };
}

/** Takes numbers until one favours no choice. The counter runs on, so `steps` are all that were taken before. */
function* choose(steps: DrawStep[], pick: DrawStep["pick"], among: number): Generator<number, number, DrawNumber> {
  const limit = X_RANGE - (X_RANGE % among);
  for (;;) {
    const counter = steps.length;
    const { message, x } = yield counter;
    const chosen = x < limit ? x % among : null;
    steps.push({ pick, counter, message, x, choices: among, limit, chosen });
    if (chosen !== null) return chosen;
  }
}

export interface PublishedDraw {
  drawId: string;
  odds: Odds;
  oddsHash: string;
  randomness: Uint8Array;
  amount: Nanos;
}

/**
 * Whether a published draw is what its own data gives. Says nothing about where the randomness came from: that is the
 * beacon's to prove.
 */
export function verifyDraw(published: PublishedDraw): { ok: true; draw: Draw } | { ok: false; message: string } {
  const odds = parseOdds(published.odds);
  if (!odds.ok) return { ok: false, message: `The odds are malformed: ${odds.message}.` };
  if (oddsHash(odds.odds) !== published.oddsHash) {
    return { ok: false, message: "The odds are not the ones that were hashed." };
  }
  if (published.randomness.length !== 32 || !DRAW_ID.test(published.drawId)) {
    return { ok: false, message: "The randomness or the draw's id is malformed." };
  }
  const draw = drawBonus(odds.odds, published.randomness, published.drawId);
  if (draw.amount !== published.amount) {
    return { ok: false, message: "The amount is not what the odds and the randomness give." };
  }
  return { ok: true, draw };
}

function tierAt(odds: Odds, ticket: number): { tier: number; minCents: number; maxCents: number } {
  let cumulative = 0;
  for (const [index, [weight, minCents, maxCents]] of odds.tiers.entries()) {
    cumulative += weight;
    if (ticket < cumulative) return { tier: index + 1, minCents, maxCents };
  }
  throw new RangeError(`The weights of the odds sum to ${cumulative}, below ${ODDS_WEIGHT_TOTAL}`);
}

/** Big-endian. 48 bits fit a number exactly; shifts in JavaScript end at 32. */
export function firstSixBytes(digest: Uint8Array): number {
  const view = new DataView(digest.buffer, digest.byteOffset);
  return view.getUint32(0) * 2 ** 16 + view.getUint16(4);
}

import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { dollarsExact } from "@/lib/money/format";
import { choices, type Draw, type DrawNumber, type DrawStep, firstSixBytes, messagePrefix } from "./draw";
import { canonicalOdds, fromCents } from "./odds";
import type { ReadDraw } from "./published-draw";
import { quicknet } from "./quicknet";
import { timesProblem } from "./round-times";

/** The two hashes everything rests on, from whoever the reader trusts with them. */
export interface Hashing {
  sha256(bytes: Uint8Array): Promise<Uint8Array>;
  hmacSha256(key: Uint8Array, message: Uint8Array): Promise<Uint8Array>;
}

/** One step of a check, for a reader: what was compared, every value on the way, and whether it holds. */
export interface CheckedStep {
  title: string;
  text: string;
  values: { name: string; value: string }[];
  /** Null where something is calculated and nothing compared. */
  holds: boolean | null;
}

/** More hashes than any chain has are not begun. */
const DISTANCE_MAX = 1_000_000;

/** How many hashes are done before a reader is told. */
const TELL_EVERY = 500;

/**
 * Checks a published draw step by step from its data alone. The draw is what it should be when every comparison holds.
 * @param tell how many hashes of the chain are done, and of how many
 */
export async function* checkDraw(
  draw: ReadDraw,
  hashing: Hashing,
  tell: (done: number, of: number) => void = () => {},
): AsyncGenerator<CheckedStep> {
  yield await checkOdds(draw, hashing);
  yield checkTimes(draw);
  if (draw.link) yield await checkLink(draw.randomness, draw.link, hashing, tell);
  else yield* checkSignature(draw, draw.signature ?? "", hashing);
  yield* checkNumbers(draw, hashing);
}

async function checkOdds({ odds, oddsHash }: ReadDraw, { sha256 }: Hashing): Promise<CheckedStep> {
  const canonical = canonicalOdds(odds);
  const hash = bytesToHex(await sha256(utf8ToBytes(canonical)));
  return {
    title: "The odds are those the draw belongs to",
    text: "SHA-256 of the odds, written without spaces, is the hash that was published with the terms.",
    values: [
      { name: "Odds", value: canonical },
      { name: "SHA-256 of them", value: hash },
      { name: "Published hash", value: oddsHash },
    ],
    holds: hash === oddsHash,
  };
}

function checkTimes({ times }: ReadDraw): CheckedStep {
  const problem = timesProblem(times);
  const at = (ms: number) => new Date(ms).toISOString();
  return {
    title: "The round was fixed before it was out",
    text: problem ?? "The draw was tied to a round that lay ahead, and made when that was out.",
    values: [
      { name: "Bound", value: at(times.boundAt) },
      { name: `Round ${times.round} out`, value: at(times.roundAt) },
      { name: "Drawn", value: at(times.drawnAt) },
    ],
    holds: problem === null,
  };
}

async function checkLink(
  randomness: string,
  { anchor, distance }: NonNullable<ReadDraw["link"]>,
  { sha256 }: Hashing,
  tell: (done: number, of: number) => void,
): Promise<CheckedStep> {
  const values = [{ name: "Randomness", value: randomness }];
  let link: Uint8Array = hexToBytes(randomness);
  const times = distance <= DISTANCE_MAX ? distance : 0;
  for (let done = 1; done <= times; done += 1) {
    link = await sha256(link);
    if (done === 1 && times > 1) values.push({ name: "Hashed once", value: bytesToHex(link) });
    if (done % TELL_EVERY === 0) tell(done, times);
  }
  const end = bytesToHex(link);
  return {
    title: "The randomness is a link of the published chain",
    text: `SHA-256, applied ${counted(distance, "time")} to the randomness, ends in the anchor that was published first.`,
    values: [
      ...values,
      { name: `Hashed ${counted(times, "time")}`, value: end },
      { name: "Published anchor", value: anchor },
    ],
    holds: end === anchor && times === distance,
  };
}

async function* checkSignature(
  { randomness, times }: ReadDraw,
  signature: string,
  { sha256 }: Hashing,
): AsyncGenerator<CheckedStep> {
  const hash = bytesToHex(await sha256(hexToBytes(signature)));
  yield {
    title: "The randomness is the SHA-256 of the beacon's signature",
    text: "So whoever checks the signature has checked the randomness.",
    values: [
      { name: "Signature", value: signature },
      { name: "SHA-256 of it", value: hash },
      { name: "Randomness", value: randomness },
    ],
    holds: hash === randomness,
  };
  // Curves are a large piece of code, and the draws of the local beacon need none of it.
  const { verifyDrandRound } = await import("./drand");
  yield {
    title: "The signature is the public beacon's, over this round",
    text: "Checked as BLS12-381 signature (RFC 9380, on G1) with the public key of drand quicknet that is written into this check.",
    values: [
      { name: "Round", value: String(times.round) },
      { name: "Public key", value: quicknet.publicKey },
      { name: "Chain", value: quicknet.chainHash },
    ],
    holds: verifyDrandRound({ round: times.round, signature, randomness: hash }),
  };
}

async function* checkNumbers(draw: ReadDraw, { hmacSha256 }: Hashing): AsyncGenerator<CheckedStep> {
  const key = hexToBytes(draw.randomness);
  const prefix = messagePrefix(draw.oddsHash, draw.drawId);
  const digests: string[] = [];
  const take = async (counter: number): Promise<DrawNumber> => {
    const message = `${prefix}${counter}`;
    const digest = await hmacSha256(key, utf8ToBytes(message));
    digests.push(bytesToHex(digest));
    return { message, x: firstSixBytes(digest) };
  };
  const drawing = choices(draw.odds);
  let next = drawing.next();
  while (!next.done) next = drawing.next(await take(next.value));
  const made = next.value;
  yield pickStep("tier", made, digests, draw);
  yield pickStep("cents", made, digests, draw);
  yield {
    title: "The amount is the one that was posted",
    text: "Nothing else enters: whoever has these data finds this amount.",
    values: [
      { name: "Computed", value: dollarsExact(made.amount) },
      { name: "Posted", value: dollarsExact(draw.amount) },
    ],
    holds: made.amount === draw.amount,
  };
}

/** The numbers taken for one of the two picks: what they lead to is compared at the end. */
function pickStep(pick: DrawStep["pick"], made: Draw, digests: readonly string[], { odds }: ReadDraw): CheckedStep {
  const steps = made.steps.filter((step) => step.pick === pick);
  const [, min = 0, max = 0] = odds.tiers[made.tier - 1] ?? [];
  const chosen = steps.at(-1)?.chosen ?? 0;
  const range =
    min === max ? dollarsExact(fromCents(min)) : `${dollarsExact(fromCents(min))} to ${dollarsExact(fromCents(max))}`;
  return {
    title: pick === "tier" ? "The first number picks the tier" : "The second number picks the cents",
    text:
      pick === "tier"
        ? `Of 1,000,000 tickets it is number ${grouped(chosen)}, counted from 0, which the weights give to tier ${made.tier}: ${range}.`
        : `Of ${counted(max - min + 1, "amount")} in the tier it is number ${grouped(chosen)}, counted from 0: ${dollarsExact(made.amount)}.`,
    values: steps.flatMap((step) => [
      { name: `Message ${step.counter}`, value: step.message },
      { name: "HMAC-SHA256, keyed with the randomness", value: digests[step.counter] ?? "" },
      { name: "Its first six bytes as a number", value: grouped(step.x) },
      step.chosen === null
        ? { name: "Rejected", value: `not below ${grouped(step.limit)}, so the next number is taken` }
        : { name: `Remainder of division by ${grouped(step.choices)}`, value: grouped(step.chosen) },
    ]),
    holds: null,
  };
}

const grouped = (value: number): string => value.toLocaleString("en-US");

const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;

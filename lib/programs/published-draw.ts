import type { Nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { DRAW_ID } from "./draw";
import { type Odds, parseOdds } from "./odds";
import type { RoundTimes } from "./round-times";

/** A draw that was made, as `/api/v1/draws/{id}` answers it, read. */
export interface ReadDraw {
  drawId: string;
  amount: Nanos;
  odds: Odds;
  oddsHash: string;
  times: RoundTimes;
  randomness: string;
  /** Of drand. */
  signature: string | null;
  /** Of the local beacon. */
  link: { anchor: string; distance: number } | null;
}

export type ReadingDraw = { ok: true; draw: ReadDraw } | { ok: false; message: string };

const HEX_64 = /^[0-9a-f]{64}$/;
const HEX_96 = /^[0-9a-f]{96}$/;

/** Reads a published draw from JSON, or says what is missing, for who holds the JSON. */
export function readPublishedDraw(value: unknown): ReadingDraw {
  if (!isRecord(value)) return refuse("This is no draw: a JSON object is expected, as /api/v1/draws/… answers it.");
  const { drawId, state, oddsHash, beacon, boundAt, drawnAt } = value;
  if (typeof drawId !== "string" || !DRAW_ID.test(drawId)) return refuse("drawId must be a UUID in lower case.");
  if (state !== "drawn") return refuse("This draw is not drawn yet: there is nothing to recompute.");
  const odds = parseOdds(value.odds);
  if (!odds.ok) return refuse(`odds ${odds.message}.`);
  if (typeof oddsHash !== "string" || !HEX_64.test(oddsHash)) return refuse("oddsHash must be 64 hex digits.");
  const amount = parseAmount(value.amount);
  if (!amount.ok) return refuse(`amount ${amount.message}.`);
  if (!isRecord(beacon)) return refuse("beacon is missing.");
  const { name, round, roundAt, randomness, signature, anchor, distance } = beacon;
  if (name !== "local" && name !== "drand") return refuse('beacon.name must be "local" or "drand".');
  if (!isRound(round)) return refuse("beacon.round must be a whole number from 1.");
  const [bound, out, drawn] = [boundAt, roundAt, drawnAt].map(instant);
  if (!bound || !out || !drawn) return refuse("boundAt, beacon.roundAt and drawnAt must be times in ISO 8601.");
  if (typeof randomness !== "string" || !HEX_64.test(randomness)) {
    return refuse("beacon.randomness must be 64 hex digits.");
  }
  const times: RoundTimes = { beacon: name, round, boundAt: bound, roundAt: out, drawnAt: drawn };
  const draw = { drawId, amount: amount.nanos, odds: odds.odds, oddsHash, times, randomness };
  if (name === "drand") {
    if (typeof signature !== "string" || !HEX_96.test(signature)) {
      return refuse("beacon.signature must be 96 hex digits.");
    }
    return { ok: true, draw: { ...draw, signature, link: null } };
  }
  if (typeof anchor !== "string" || !HEX_64.test(anchor)) return refuse("beacon.anchor must be 64 hex digits.");
  if (!isRound(distance)) return refuse("beacon.distance must be a whole number from 1.");
  return { ok: true, draw: { ...draw, signature: null, link: { anchor, distance } } };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isRound = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 1;

const instant = (value: unknown): number | null =>
  typeof value === "string" && Number.isFinite(Date.parse(value)) ? Date.parse(value) : null;

const refuse = (message: string): ReadingDraw => ({ ok: false, message });

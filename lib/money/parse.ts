import { fitsNanos, type Nanos, nanos } from "./nanos";

/** `isBeyond`: an amount well written, and more than 64 bits hold. */
export type ParsedAmount = { ok: true; nanos: Nanos } | { ok: false; message: string; isBeyond?: boolean };
export type ParsedQuantity = { ok: true; milli: bigint } | { ok: false; message: string };

/** `9223372036.854775807`, the most that fits 64 bits, has 20 characters; the rest leaves room for leading zeros. */
const AMOUNT_LENGTH_MAX = 32;
const AMOUNT = /^([0-9]+)(?:\.([0-9]{1,9}))?$/;

const QUANTITY = /^([0-9]{1,15})(?:\.([0-9]{1,3}))?$/;

/**
 * Reads an amount of the machine API: a string of dollars with up to nine digits after the point, such as "0.34".
 * Refuses, with a message for the sender, JSON numbers, signs, exponents, separators, "5.", ".5", a tenth decimal
 * digit, digits other than 0–9, and what does not fit 64 bits. Zero is an amount; whether it makes sense is the
 * caller's question.
 */
export function parseAmount(text: unknown): ParsedAmount {
  if (typeof text !== "string") return refuse('must be a string of dollars, such as "0.34"');
  if (text.length > AMOUNT_LENGTH_MAX) return refuse(`must not be longer than ${AMOUNT_LENGTH_MAX} characters`);
  const match = AMOUNT.exec(text);
  if (match === null) return refuse('must be dollars with up to nine digits after the point, such as "0.34"');
  const value = scaled(match, 9);
  if (!fitsNanos(value)) return { ...refuse("must be below $9,223,372,036.86"), isBeyond: true };
  return { ok: true, nanos: nanos(value) };
}

/**
 * Reads a quantity (GPUs, GB) into thousandths: a string, or a number by its shortest decimal text, with up to fifteen
 * digits before and three after the point. Refuses signs, exponents, "1.", ".5", a fourth decimal digit, and NaN.
 */
export function parseQuantity(value: unknown): ParsedQuantity {
  if (typeof value !== "string" && typeof value !== "number") return refuse("must be a number or a string of digits");
  // 18 characters hold every quantity with three decimals, the point makes 19.
  const text = String(value);
  const match = text.length > 19 ? null : QUANTITY.exec(text);
  if (match === null) return refuse('must be a number with up to three digits after the point, such as "1.5"');
  return { ok: true, milli: scaled(match, 3) };
}

/** The digits before and after the point as one integer, `scale` digits after the point. */
const scaled = ([, whole = "", fraction = ""]: RegExpExecArray, scale: number): bigint =>
  BigInt(whole + fraction.padEnd(scale, "0"));

const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message });

import { type Nanos, nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";

/** The most a calculator takes: enough for any dream, small enough for every sum. */
const DOLLARS_MAX = 1_000_000n;
export const COUNT_MAX = 100_000n;
export const WEEK_HOURS = 168n;
/** The least of an hour that is told apart. */
export const HOUR_TENTH_MS = 360_000n;
const NANOS_PER_DOLLAR = 1_000_000_000n;

export type Typed<T> = { ok: true; value: T } | { ok: false; message: string };

/** An amount as people type it: "$1,000" is "1000". */
export function typedDollars(text: string): Typed<Nanos> {
  const parsed = parseAmount(text.replace(/[$,\s]/g, ""));
  if (!parsed.ok) return { ok: false, message: 'Enter dollars, such as "0.34".' };
  if (parsed.nanos > DOLLARS_MAX * NANOS_PER_DOLLAR) return { ok: false, message: "Enter at most $1,000,000." };
  return { ok: true, value: nanos(parsed.nanos) };
}

/** A whole number from 1 up. */
export function typedCount(text: string): Typed<bigint> {
  const digits = text.replace(/[,\s]/g, "");
  const value = /^[0-9]{1,7}$/.test(digits) ? BigInt(digits) : 0n;
  if (value < 1n || value > COUNT_MAX) return { ok: false, message: "Enter a whole number from 1 to 100,000." };
  return { ok: true, value };
}

/** Hours of a week, with one decimal at most: "0.4". @returns milliseconds, from a tenth of an hour up to the week */
export function typedHours(text: string): Typed<bigint> {
  const [, whole, tenth = "0"] = /^([0-9]{1,7})(?:\.([0-9]))?$/.exec(text.trim()) ?? [];
  const tenths = whole === undefined ? 0n : BigInt(whole + tenth);
  if (tenths < 1n) return { ok: false, message: 'Enter hours from 0.1 to 168, such as "0.4".' };
  if (tenths > WEEK_HOURS * 10n) return { ok: false, message: `A week has ${WEEK_HOURS} hours.` };
  return { ok: true, value: tenths * HOUR_TENTH_MS };
}

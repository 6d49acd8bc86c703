import crypto from "node:crypto";

/** Stands between the parts, all of which refuse control characters. */
const UNIT = "\u001f";

/** The one-call form takes a third of the time; Node has it from 20.12 on. */
const sha256Hex: (text: string) => string =
  typeof crypto.hash === "function"
    ? (text) => crypto.hash("sha256", text, "hex")
    : (text) => crypto.createHash("sha256").update(text).digest("hex");

/**
 * First 64 bits, signed, of the SHA-256 of an event's content; absent parts are null, and none is empty. The same key
 * with another digest is a conflict.
 */
export const digestOf = (content: readonly (string | number | bigint | null)[]): bigint =>
  BigInt.asIntN(64, BigInt(`0x${sha256Hex(content.join(UNIT)).slice(0, 16)}`));

/** Cursors are opaque to clients: JSON in base64url. */
export const toCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** @returns what the cursor holds, or undefined when it is not one of ours. */
export function fromCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}

import { z } from "@hono/zod-openapi";
import { problem } from "./problem";
import { Limit } from "./schemas";

/** What every list may be asked: how much of it, and from where on. */
export const pageQuery = { limit: Limit, cursor: z.string().max(4_000).optional() };

/** A number of the database's within a cursor. */
export const Seq = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);

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

/** Where the page before ended; null at a list's beginning. @returns undefined where no list gave this cursor. */
export function readPlace<Place>(schema: z.ZodType<Place>, cursor: string | undefined): Place | null | undefined {
  return cursor === undefined ? null : schema.safeParse(fromCursor(cursor)).data;
}

/** Cuts a page from rows of which one more was asked for than it holds. */
export function cutPage<Row>(
  found: readonly Row[],
  limit: number,
  placeOf: (last: Row) => unknown,
): { shown: Row[]; next: string | null } {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: last !== undefined && found.length > limit ? toCursor(placeOf(last)) : null };
}

export const badCursor = (c: Parameters<typeof problem>[0]) =>
  problem(c, 422, "cursor is not one that this list gave; start without it", [
    { path: "cursor", message: "must be the next of an earlier answer" },
  ]);

/** A session ends so long after its sign-in and is never extended: its end says when it began. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** Who acts for the platform proves who they are at least this often. */
const FRESH_MS = 12 * 60 * 60 * 1_000;

export const isFresh = (expires: Date, nowMs: number): boolean =>
  nowMs - (expires.getTime() - SESSION_SECONDS * 1_000) < FRESH_MS;

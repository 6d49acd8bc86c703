import type { Db } from "@/db/client";

/** Where commits announce whose numbers changed: `{"a": [account id, …]}`. */
export const LIVE_CHANNEL = "tenspot_live";

/** A payload holds at most 8,000 bytes; an id with its quotes and comma takes 39. */
const IDS_PER_NOTICE = 200;
const FLUSH_AFTER_MS = 20;

const waiting = new WeakMap<Db, Set<string>>();

const sending = new WeakMap<Db, Set<Promise<void>>>();

/**
 * Tells open screens that accounts changed. Called after the commit and outside it, because a NOTIFY inside makes
 * commits queue; ids are gathered for some milliseconds. A notice that is lost costs a screen one refresh.
 */
export function notifyChanged(db: Db, accountIds: Iterable<string>): void {
  const ids = waiting.get(db);
  if (ids) {
    for (const id of accountIds) ids.add(id);
    return;
  }
  const fresh = new Set(accountIds);
  if (fresh.size === 0) return;
  waiting.set(db, fresh);
  setTimeout(() => flush(db), FLUSH_AFTER_MS).unref();
}

function flush(db: Db): void {
  const ids = [...(waiting.get(db) ?? [])];
  waiting.delete(db);
  for (let start = 0; start < ids.length; start += IDS_PER_NOTICE) send(db, ids.slice(start, start + IDS_PER_NOTICE));
}

function send(db: Db, ids: readonly string[]): void {
  const underWay = sending.get(db) ?? new Set();
  sending.set(db, underWay);
  const sent = db.$client
    .notify(LIVE_CHANNEL, JSON.stringify({ a: ids }))
    .then(() => {})
    .catch((error: unknown) => console.error("live notice not sent", error))
    .finally(() => underWay.delete(sent));
  underWay.add(sent);
}

/** Sends what still waits and ends the pool: how a process that posts lets go of its database. */
export async function endWithNotices(db: Db): Promise<void> {
  flush(db);
  await Promise.all(sending.get(db) ?? []);
  await db.$client.end({ timeout: 5 });
}

import type { Db } from "@/db/client";

/** Where commits announce whose numbers changed: `{"a": [account id, …]}`. */
export const LIVE_CHANNEL = "tenspot_live";

/** A payload holds at most 8,000 bytes; an id with its quotes and comma takes 39. */
const IDS_PER_NOTICE = 200;
const FLUSH_AFTER_MS = 20;

const waiting = new WeakMap<Db, Set<string>>();

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
  for (let start = 0; start < ids.length; start += IDS_PER_NOTICE) {
    const payload = JSON.stringify({ a: ids.slice(start, start + IDS_PER_NOTICE) });
    db.$client.notify(LIVE_CHANNEL, payload).catch((error: unknown) => console.error("live notice not sent", error));
  }
}

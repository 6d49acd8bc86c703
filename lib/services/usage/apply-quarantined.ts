import { rawOf } from "@/db/client";
import { arrayLiteral, textArrayLiteral } from "@/lib/ledger/sql-arrays";
import { notifyChanged } from "@/lib/live/notify";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/services/retried";
import { type BatchItem, postBatch } from "./post-batch";
import { UNKNOWN_SUBJECT } from "./quarantine";
import { readEvent } from "./read-event";

const pageSize = 1_000;

/** Of two voids of one event that waited, the second has nothing to take back; it stays, for its key is taken. */
const ALREADY_VOIDED = "duplicate: the event is taken back already";

interface HeldRow {
  position: string;
  event: unknown;
}

/**
 * Applies what waited for these accounts, in order of arrival. Safe at any time and by several processes: the rows
 * are locked, and they leave quarantine in the transaction that posts them. What the account's own dates refuse
 * stays, with the reason.
 */
export async function applyQuarantined(ctx: Context, names: readonly string[]): Promise<number> {
  let applied = 0;
  for (const name of names) {
    for (;;) {
      const count = await applyPage(ctx, name);
      applied += count;
      if (count < pageSize) break;
    }
  }
  return applied;
}

async function applyPage(ctx: Context, name: string): Promise<number> {
  const [waiting] = await ctx.db.$client`
    select 1 from quarantine where subject = ${name} and reason = ${UNKNOWN_SUBJECT} limit 1`;
  const account = waiting && (await resolveNames(ctx.db, [name])).get(name);
  if (!account) return 0;
  const at = ctx.clock();
  const count = await inTransaction(ctx, async (tx) => {
    const raw = rawOf(tx);
    const rows = await raw<HeldRow[]>`
      select position, event from quarantine where subject = ${name} and reason = ${UNKNOWN_SUBJECT}
       order by position limit ${pageSize} for update`;
    if (rows.length === 0) return 0;
    const items = rows.map(({ event }): BatchItem => {
      const read = readEvent(typeof event === "string" ? JSON.parse(event) : event);
      if ("reason" in read) throw new Error(`A quarantined event can no longer be read: ${read.detail}`);
      return { event: read, account };
    });
    const outcomes = await postBatch(raw, items, { db: ctx.db, at, keysHeld: true });
    const leaving: string[] = [];
    const staying: { position: string; reason: string }[] = [];
    rows.forEach(({ position }, index) => {
      const outcome = outcomes[index];
      if (outcome?.kind === "rejected") staying.push({ position, reason: `${outcome.reason}: ${outcome.detail}` });
      else if (outcome?.kind === "duplicate") staying.push({ position, reason: ALREADY_VOIDED });
      else leaving.push(position);
    });
    await raw.unsafe(`delete from quarantine where position = any($1::bigint[])`, [arrayLiteral(leaving)]);
    await raw.unsafe(
      `update quarantine q set reason = u.reason
         from unnest($1::bigint[], $2::text[]) as u (position, reason) where q.position = u.position`,
      [arrayLiteral(staying.map(({ position }) => position)), textArrayLiteral(staying.map(({ reason }) => reason))],
    );
    return rows.length;
  });
  if (count > 0) notifyChanged(ctx.db, [account.id]);
  return count;
}

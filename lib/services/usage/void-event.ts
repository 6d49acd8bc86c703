import type { TransactionSql } from "postgres";
import { type EventKey, eventKey, keyText, knownKeys, takeKeys } from "@/lib/ledger/event-keys";
import { putAwayThrough } from "@/lib/ledger/months/kept";
import type { MeteredEvent } from "@/lib/ledger/post-usage";
import { findTarget, postVoid } from "@/lib/ledger/post-void";
import { arrayLiteral, textArrayLiteral } from "@/lib/ledger/sql-arrays";
import type { TermsBook } from "@/lib/ledger/terms-book";
import type { LockedWallet } from "@/lib/ledger/wallet";
import { earlierOutcome } from "./earlier-outcome";
import { type Outcome, rejected, type VoidEvent } from "./event";

const AHEAD_MAX_MS = 3_600_000;

interface VoidScope {
  book: TermsBook;
  wallet: LockedWallet;
  at: Date;
  /** The void's key is taken already: it waited in quarantine. */
  keyHeld: boolean;
}

/**
 * Takes an event back, or keeps the void until its event comes. The wallet's lock is held, so the event cannot come
 * between the look and the decision.
 */
export async function voidEvent(raw: TransactionSql, event: VoidEvent, scope: VoidScope): Promise<Outcome> {
  const { wallet, at, keyHeld } = scope;
  if (!keyHeld) {
    const earlier = earlierOutcome(event.key, await knownKeys(raw, [event.key]));
    if (earlier) return earlier;
  }
  if (wallet.closed) return rejected("account_closed", "subject has closed the account");
  if (event.endedAtMs > at.getTime() + AHEAD_MAX_MS) return rejected("in_future", "time is more than an hour ahead");
  const target = await findTarget(raw, wallet.account, event.voids);
  if (!target) return awaitEvent(raw, event, scope);
  if (target.isVoid) return rejected("void_of_void", "data.voids names a void; a void cannot be taken back");
  if (target.isVoided) return { kind: "duplicate" };
  if (!keyHeld && (await takeKeys(raw, [event.key])).size === 0) return { kind: "duplicate" };
  await postVoid(raw, scope.book, wallet, { target, source: event.key.source, id: event.key.id, at });
  return { kind: "accepted" };
}

async function awaitEvent(raw: TransactionSql, event: VoidEvent, { wallet, at, keyHeld }: VoidScope): Promise<Outcome> {
  const target = eventKey(event.voids, 0n);
  const [waiting] = await raw`
    select 1 from waiting_voids where void_source = ${event.voids.source} and void_id = ${event.voids.id}`;
  if (waiting) return rejected("void_of_void", "data.voids names a void; a void cannot be taken back");
  const known = await knownKeys(raw, [target]);
  if (known.size > 0 && !(await isQuarantined(raw, target, event.subject))) {
    if ((await putAwayThrough(raw, wallet.account)) > 0n)
      return rejected("too_early", "data.voids names an event that was put away; give its amount back by a grant");
    return rejected("other_subject", "data.voids names an event of another subject");
  }
  const kept = await raw`
    insert into waiting_voids (lane, source, id, void_source, void_id, subject, account_id, ended_at,
                               received_at)
    values (${target.lane}, ${event.voids.source}, ${event.voids.id}, ${event.key.source}, ${event.key.id}, ${event.subject},
            ${wallet.account.id}, ${new Date(event.endedAtMs).toISOString()}, ${at.toISOString()})
    on conflict do nothing`;
  if (kept.count === 0) return { kind: "duplicate" };
  if (!keyHeld) await takeKeys(raw, [event.key]);
  return { kind: "quarantined" };
}

/** Whether the event waits for this subject's account, so that its key is taken and it is still to come. */
async function isQuarantined(raw: TransactionSql, { lane, source, id }: EventKey, subject: string): Promise<boolean> {
  const rows = await raw`
    select 1 from quarantine where lane = ${lane} and source = ${source} and id = ${id} and subject = ${subject}`;
  return rows.length > 0;
}

interface WaitingRow {
  source: string;
  id: string;
  void_source: string;
  void_id: string;
}

/** Whether any void waits for its event: almost always none does, and then nothing more is asked. */
export async function anyVoidWaits(raw: TransactionSql): Promise<boolean> {
  const rows = await raw.unsafe(`select 1 from waiting_voids limit 1`, [], { prepare: true });
  return rows.length > 0;
}

/** Of events about to be posted, the keys (`text`) of those that a void waits for. */
export async function waitingFor(raw: TransactionSql, keys: readonly EventKey[]): Promise<Set<string>> {
  const rows = await raw.unsafe<{ source: string; id: string }[]>(
    `select w.source, w.id from waiting_voids w
       join unnest($1::smallint[], $2::text[], $3::text[]) as u (lane, source, id)
         on w.lane = u.lane and w.source = u.source and w.id = u.id`,
    [
      arrayLiteral(keys.map(({ lane }) => lane)),
      textArrayLiteral(keys.map(({ source }) => source)),
      textArrayLiteral(keys.map(({ id }) => id)),
    ],
    { prepare: true },
  );
  return new Set(rows.map(keyText));
}

/** Applies the voids that waited for events just posted. One that names another subject's event is left aside. */
export async function applyWaiting(
  raw: TransactionSql,
  book: TermsBook,
  posted: readonly MeteredEvent[],
  at: Date,
): Promise<void> {
  const wallets = new Map(posted.map(({ sent, wallet }) => [sent.key.text, wallet]));
  const waiting = await raw.unsafe<WaitingRow[]>(
    `delete from waiting_voids w using unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[]) as u (lane, source, id, account_id)
      where w.lane = u.lane and w.source = u.source and w.id = u.id and w.account_id = u.account_id
     returning w.source, w.id, w.void_source, w.void_id`,
    [
      arrayLiteral(posted.map(({ sent }) => sent.key.lane)),
      textArrayLiteral(posted.map(({ sent }) => sent.key.source)),
      textArrayLiteral(posted.map(({ sent }) => sent.key.id)),
      arrayLiteral(posted.map(({ wallet }) => wallet.account.id)),
    ],
    { prepare: true },
  );
  for (const row of waiting) {
    const wallet = wallets.get(keyText(row));
    const target = wallet && (await findTarget(raw, wallet.account, row));
    if (wallet && target && !target.isVoided) {
      await postVoid(raw, book, wallet, { target, source: row.void_source, id: row.void_id, at });
    }
  }
}

import type { TransactionSql } from "postgres";
import { maxNanos, type Nanos } from "@/lib/money/nanos";
import { arrearsOf, type Service } from "@/lib/programs/account";
import { noEffects } from "@/lib/programs/effects";
import { applyVoid, type PostedUsage } from "@/lib/programs/line";
import { writeEffects } from "./effects";
import { reopenExpiries } from "./expiries";
import { lineTail } from "./line-tail";
import { TemplateBook } from "./templates";
import type { TermsBook } from "./terms-book";
import type { AccountRef, LockedWallet } from "./wallet";

interface EventRow {
  seq: string;
  service: Service;
  template: string | null;
  charge: string;
  promo: string;
  earned: string;
  market: string;
  paid: string;
  duration_ms: string;
  ended_ms: string;
  posted_ms: string;
  is_void: boolean;
  is_voided: boolean;
  unclaimed: boolean;
}

/** An event of an account as a void finds it. */
export interface VoidTarget {
  row: EventRow;
  /** It is a void itself. */
  isVoid: boolean;
  /** It was taken back before. */
  isVoided: boolean;
}

/** Looks an event up among its account's. Walks the account's history: voids are rare. */
export async function findTarget(
  raw: TransactionSql,
  account: AccountRef,
  key: { source: string; id: string },
): Promise<VoidTarget | null> {
  const [row] = await raw<EventRow[]>`
    select e.seq, e.service, e.template, e.charge, e.promo, e.earned, e.market, e.paid, e.duration_ms,
           (extract(epoch from e.ended_at) * 1000)::bigint as ended_ms,
           (extract(epoch from e.posted_at) * 1000)::bigint as posted_ms,
           e.voids_seq is not null as is_void, v.seq is not null as is_voided, u.seq is not null as unclaimed
      from usage_events e
      left join usage_events v on v.lane = e.lane and v.account_id = e.account_id and v.voids_seq = e.seq
      left join unclaimed_usage u
        on u.template = e.template and u.lane = e.lane and u.account_id = e.account_id and u.seq = e.seq
     where e.lane = ${account.lane} and e.account_id = ${account.id} and e.source = ${key.source} and e.id = ${key.id}`;
  return row ? { row, isVoid: row.is_void, isVoided: row.is_voided } : null;
}

/**
 * Takes an event back: a row of its own, with the event's parts below zero, on the event's own day. The wallet is
 * locked, the void's key taken, and the target neither a void nor voided.
 */
export async function postVoid(
  raw: TransactionSql,
  book: TermsBook,
  wallet: LockedWallet,
  { target, source, id, at }: { target: VoidTarget; source: string; id: string; at: Date },
): Promise<void> {
  const { account, state, pins } = wallet;
  const templates = new TemplateBook(book);
  const event = await posted(raw, templates, target.row);
  const returned = (state.paidNet + event.parts.paid) as Nanos;
  const owed = maxNanos(arrearsOf(state.paidNet), arrearsOf(returned));
  // The voided event itself may stand in the tail: what it drew must not shorten the rest.
  const tail = await lineTail(raw, account, (owed === 0n ? owed : owed + event.parts.paid) as Nanos, templates);
  const effects = noEffects();
  applyVoid(state, pins, event, tail, effects);
  const seq = state.seq - BigInt(effects.settlements.length + effects.rewardMoves.length);
  await raw`
    insert into usage_events (lane, account_id, seq, source, id, posted_at, ended_at, service, sku, quantity_milli,
                              duration_ms, resource, template, price_given, charge, promo, earned, market, paid, voids_seq)
    select lane, account_id, ${String(seq)}, ${source}, ${id}, ${at.toISOString()}, ended_at, service, sku,
           quantity_milli, -duration_ms, resource, template, price_given, -charge, -promo, -earned, -market, -paid, seq
      from usage_events
     where lane = ${account.lane} and account_id = ${account.id} and seq = ${target.row.seq}`;
  await raw`
    delete from unclaimed_usage
     where lane = ${account.lane} and account_id = ${account.id} and seq = ${target.row.seq}
       and template = ${target.row.template}`;
  if (event.parts.promo + event.parts.earned > 0n) await reopenExpiries(raw, account);
  await writeEffects(raw, [{ wallet, effects }], { templates, at });
}

async function posted(raw: TransactionSql, templates: TemplateBook, row: EventRow): Promise<PostedUsage> {
  if (row.template !== null) await templates.load(raw, [row.template]);
  const part = (text: string) => BigInt(text) as Nanos;
  const parts = { promo: part(row.promo), earned: part(row.earned), market: part(row.market), paid: part(row.paid) };
  return {
    seq: BigInt(row.seq),
    drawn: parts.paid,
    service: row.service,
    endedAtMs: Number(row.ended_ms),
    template: row.unclaimed ? null : templates.pinOfPosted(row.template, Number(row.posted_ms)),
    charge: part(row.charge),
    durationMs: BigInt(row.duration_ms),
    parts,
  };
}

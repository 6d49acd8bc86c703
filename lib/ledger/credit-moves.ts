import type { TransactionSql } from "postgres";
import { type Nanos, nanos } from "@/lib/money/nanos";
import type { CreditMove } from "@/lib/programs/lots";
import type { AccountRef } from "./wallet";

interface PostingRow {
  seq: string;
  kind: string;
  cause: string;
  deposit: string | null;
  reward: string | null;
  program: string | null;
  part: string | null;
  /** The lot that it is the expiry of. */
  lot: string | null;
  /** When the credit that came by it expires. */
  expires_ms: string | null;
  promo: string;
  earned: string;
  market: string;
  paid: string;
}

interface UsageRow {
  seq: string;
  voids_seq: string | null;
  promo: string;
  earned: string;
  market: string;
  paid: string;
}

/**
 * Everything that moved an account's credit, in the order of posting: what `replayLots` replays. Events that lie between two other postings come
 * as one, so that what this costs depends on postings that are rare, and not on how often the account is metered.
 * @param target an event that stands alone, so that it can be told what paid for it
 */
export async function creditMoves(
  raw: TransactionSql,
  { lane, id }: AccountRef,
  target: bigint | null = null,
): Promise<CreditMove[]> {
  const postings = await raw<PostingRow[]>`
    select p.seq, p.kind, p.cause, p.explains ->> 'deposit' as deposit,
           coalesce(p.explains ->> 'draw', p.explains ->> 'milestone') as reward, p.explains ->> 'program' as program,
           coalesce(p.explains ->> 'template', p.explains ->> 'referral', p.explains ->> 'part', '') as part,
           case when p.kind = 'expiry' then p.explains ->> 'lot' end as lot,
           (extract(epoch from x.expires_at) * 1000)::bigint as expires_ms,
           ${net(raw, "promo")} as promo, ${net(raw, "earned")} as earned, ${net(raw, "market")} as market,
           ${net(raw, "paid")} as paid
      from postings p
      join transfers t on t.lane = p.lane and t.account_id = p.account_id and t.seq = p.seq
      left join credit_expiries x on x.lane = p.lane and x.account_id = p.account_id and x.seq = p.seq
     where p.lane = ${lane} and p.account_id = ${id}
     group by p.seq, p.kind, p.cause, p.explains, x.expires_at`;
  const alone = target === null ? null : String(target);
  const usage = await raw<UsageRow[]>`
    with marks as (
      select array_agg(distinct seq order by seq) as seqs
        from (select seq from postings where lane = ${lane} and account_id = ${id}
              union all
              select unnest(array[e.seq, e.seq + 1, e.voids_seq, e.voids_seq + 1]) from usage_events e
               where e.lane = ${lane} and e.account_id = ${id} and e.voids_seq is not null
              union all
              select unnest(array[${alone}::bigint, ${alone}::bigint + 1])) marked (seq)
         where seq is not null)
    select max(e.seq) as seq, max(e.voids_seq) as voids_seq, sum(e.promo) as promo, sum(e.earned) as earned,
           sum(e.market) as market, sum(e.paid) as paid
      from usage_events e
     cross join marks
     where e.lane = ${lane} and e.account_id = ${id}
     group by width_bucket(e.seq, marks.seqs)
     union all
    select seq, voids_seq, promo, earned, market, paid from usage_put_away
     where lane = ${lane} and account_id = ${id}`;
  const moves = [...postings.map(toCredit), ...usage.map(toUsage)];
  return moves.sort((a, b) => (a.seq < b.seq ? -1 : a.seq > b.seq ? 1 : 0));
}

/** What a posting did to a bucket. */
const net = (raw: TransactionSql, bucket: string) =>
  raw`sum(case when t.credit = ${bucket} then t.amount when t.debit = ${bucket} then -t.amount else 0 end)`;

const amount = (text: string): Nanos => nanos(BigInt(text));

function toCredit(row: PostingRow): CreditMove {
  const { promo, earned, market, paid, expires_ms, lot } = row;
  // Money that is given up is used up: what a provider takes back afterwards is still the deposit's.
  if (row.kind === "given-up") {
    const parts = { promo: nanos(0n), earned: nanos(0n), market: nanos(0n), paid: nanos(-BigInt(paid)) };
    return { kind: "usage", seq: BigInt(row.seq), parts };
  }
  return {
    kind: "credit",
    seq: BigInt(row.seq),
    source: sourceOf(row),
    changes: { promo: amount(promo), earned: amount(earned), market: amount(market), paid: amount(paid) },
    ...(expires_ms === null ? {} : { expiresAtMs: Number(expires_ms) }),
    ...(lot === null ? {} : { expiryOf: BigInt(lot) }),
  };
}

/** Money taken back is a deposit's, a reward's its own; less commission than before is the program's. */
function sourceOf({ cause, deposit, reward, program, part }: PostingRow): string {
  if (deposit !== null) return `deposit:${deposit}`;
  if (reward !== null) return `reward:${reward}`;
  if (program !== null) return `program:${program}:${part}`;
  return cause;
}

function toUsage(row: UsageRow): CreditMove {
  const seq = BigInt(row.seq);
  if (row.voids_seq !== null) return { kind: "void", seq, voidsSeq: BigInt(row.voids_seq) };
  const parts = {
    promo: amount(row.promo),
    earned: amount(row.earned),
    market: amount(row.market),
    paid: amount(row.paid),
  };
  return { kind: "usage", seq, parts };
}

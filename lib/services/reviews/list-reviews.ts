import type { Db } from "@/db/client";
import { laneOf } from "@/lib/ledger/lanes";
import { arrayLiteral } from "@/lib/ledger/sql-arrays";
import { termsBook } from "@/lib/ledger/terms-book";
import { type Accrual, accrue, sumAccruals } from "@/lib/money/accrual";
import type { Nanos } from "@/lib/money/nanos";
import { services } from "@/lib/programs/account";
import { holdSentence } from "@/lib/programs/hold-words";
import { oddsRange } from "@/lib/programs/odds";
import type { Context } from "@/lib/services/context";

/** A held bonus, or the held commission of a pair, for an operator to decide on. */
export interface Review {
  id: string;
  kind: "bonus" | "pair";
  /** The draw of a bonus; the referral of a pair. */
  subject: string;
  /** The platform's name of the account that looks suspicious: whose spend made the bonus due, or who was referred. */
  account: string;
  /** Who would get the bonus; a pair's referrer. */
  beneficiary: string;
  /** The account it looks like; null where it looks like nobody's in particular. */
  other: string | null;
  /** `cluster`, `payment_fingerprint`, `velocity`, `disposable_email`. */
  reason: string;
  sentence: string;
  state: "open" | "released" | "refused";
  openedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  /** The operator's, for both sides to read. */
  decisionReason: string | null;
  amounts: {
    /** The most a held bonus can be; null for a pair. */
    bonusMost: Nanos | null;
    /** All the pair accrued, exact, and what of it the hold keeps; null for a bonus. */
    commissionAccrued: Accrual | null;
    commissionHeld: Accrual | null;
  };
}

export interface ListReviews {
  /** All when absent. */
  state?: "open" | "decided";
  /** The id after which the page begins. */
  cursor?: string;
  /** 1 to 1,000; 100 when absent. */
  limit?: number;
}

interface Row {
  id: string;
  kind: "bonus" | "pair";
  subject_id: string;
  account: string;
  beneficiary: string;
  other_id: string | null;
  reason: string;
  state: "open" | "released" | "refused";
  opened_ms: string;
  decided_ms: string | null;
  decided_by: string | null;
  decision_reason: string | null;
  bonus_terms_id: number | null;
  bonus_region: string | null;
  pair_terms_id: number | null;
  base_pod: string;
  base_serverless: string;
  base_storage: string;
  held: string;
}

const columns = `
  select v.id, v.kind, v.subject_id, a.external_id as account, b.external_id as beneficiary, v.other_id, v.reason,
         v.state, (extract(epoch from v.opened_at) * 1000)::bigint as opened_ms,
         (extract(epoch from v.decided_at) * 1000)::bigint as decided_ms, v.decided_by, v.decision_reason,
         d.terms_id as bonus_terms_id, d.region as bonus_region, r.terms_id as pair_terms_id, w.base_pod, w.base_serverless, w.base_storage,
         (select coalesce(sum(part.accrual), 0) from (
            select e.accrued as accrual from earnings e
             where e.lane = r.referrer_lane and e.account_id = r.referrer_id and e.template = r.id::text
             union all
            select o.accrual from accrual_outbox o
             where o.beneficiary_id = r.referrer_id and o.template = r.id::text) part) as held
    from reviews v
    join accounts a on a.lane = v.lane and a.id = v.account_id
    join wallets w on w.lane = v.lane and w.account_id = v.account_id
    left join draws d on v.kind = 'bonus' and d.lane = v.subject_lane and d.id = v.subject_id
    left join referrals r on v.kind = 'pair' and r.lane = v.subject_lane and r.referred_id = v.account_id
    join accounts b on b.lane = coalesce(d.beneficiary_lane, r.referrer_lane)
                   and b.id = coalesce(d.beneficiary_id, r.referrer_id)`;

/** Reviews: the open ones as they came, all or the decided ones newest first. */
export async function listReviews(
  { db }: Context,
  { state, cursor, limit = 100 }: ListReviews,
): Promise<{ reviews: Review[]; next: string | null }> {
  const oldestFirst = state === "open";
  const which =
    state === undefined ? "true" : state === "open" ? "v.state = 'open'" : "v.state in ('released', 'refused')";
  const after = cursor === undefined ? "" : `and v.id ${oldestFirst ? ">" : "<"} $2::uuid`;
  const rows = await db.$client.unsafe<Row[]>(
    `${columns} where ${which} ${after} order by v.id ${oldestFirst ? "asc" : "desc"} limit $1::int`,
    cursor === undefined ? [limit] : [limit, cursor],
    { prepare: true },
  );
  const last = rows.at(-1);
  return { reviews: await toReviews(db, rows), next: last && rows.length === limit ? last.id : null };
}

/** One review; null for an id that is none. */
export async function readReview({ db }: Context, id: string): Promise<Review | null> {
  const rows = await db.$client.unsafe<Row[]>(`${columns} where v.id = $1::uuid`, [id], { prepare: true });
  return (await toReviews(db, rows))[0] ?? null;
}

async function toReviews(db: Db, rows: readonly Row[]): Promise<Review[]> {
  if (rows.length === 0) return [];
  const book = termsBook(db);
  const terms = rows.flatMap(({ bonus_terms_id, pair_terms_id }) => bonus_terms_id ?? pair_terms_id ?? []);
  await db.$client.begin((raw) => book.loadIds(raw, terms));
  const others = await namesOf(
    db,
    rows.flatMap(({ other_id }) => other_id ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subject: row.subject_id,
    account: row.account,
    beneficiary: row.beneficiary,
    other: row.other_id === null ? null : (others.get(row.other_id) ?? null),
    reason: row.reason,
    sentence: holdSentence(row.reason, "operator"),
    state: row.state,
    openedAt: new Date(Number(row.opened_ms)),
    decidedAt: row.decided_ms === null ? null : new Date(Number(row.decided_ms)),
    decidedBy: row.decided_by,
    decisionReason: row.decision_reason,
    amounts: {
      bonusMost: row.bonus_terms_id === null ? null : oddsRange(book.odds(row.bonus_terms_id, row.bonus_region)).most,
      commissionAccrued: row.pair_terms_id === null ? null : accruedBy(row, book.commissionRates(row.pair_terms_id)),
      commissionHeld: row.pair_terms_id === null ? null : (BigInt(row.held) as Accrual),
    },
  }));
}

function accruedBy(row: Row, rates: ReturnType<ReturnType<typeof termsBook>["commissionRates"]>): Accrual {
  const base = { pod: row.base_pod, serverless: row.base_serverless, storage: row.base_storage };
  return sumAccruals(services.map((service) => accrue(BigInt(base[service]) as Nanos, rates[service])));
}

async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$client<{ id: string; external_id: string }[]>`
    select a.id, a.external_id
      from unnest(${arrayLiteral(ids.map(laneOf))}::smallint[], ${arrayLiteral(ids)}::uuid[]) as u (lane, id)
      join accounts a on a.lane = u.lane and a.id = u.id`;
  return new Map(rows.map(({ id, external_id }) => [id, external_id]));
}

import type { TransactionSql } from "postgres";
import { arrayLiteral, textArrayLiteral } from "@/lib/ledger/sql-arrays";
import type { TermsBook } from "@/lib/ledger/terms-book";

/** A draw, as far as the limit of its referrer is concerned. */
export interface CappedDraw {
  kind: string;
  beneficiary_id: string;
  terms_id: number;
}

/** What is left of the limits of some referrers, each under one version of terms. */
export interface CapRooms {
  /** Whether the draw's referrer may have another one; always for draws without a limit. */
  has(draw: CappedDraw): boolean;
  /** Counts the draw among its referrer's from now on. */
  take(draw: CappedDraw): void;
}

const keyOf = ({ beneficiary_id, terms_id }: CappedDraw): string => `${beneficiary_id} ${terms_id}`;

/**
 * How many bonuses the referrers of these draws may still get by their terms. Draws that are queued, bound or drawn
 * count, taken back or not. Until the transaction ends nobody else takes room of the same referrer and terms: it holds
 * a lock on each, taken in one order, so that those who decide at once never pass a limit together.
 */
export async function capRooms(raw: TransactionSql, book: TermsBook, draws: readonly CappedDraw[]): Promise<CapRooms> {
  await book.loadIds(raw, [...new Set(draws.map(({ terms_id }) => terms_id))]);
  const limitOf = ({ kind, terms_id }: CappedDraw) => (kind === "referral" ? book.bonusesMax(terms_id) : null);
  const rooms = new Map<string, { of: CappedDraw; left: number }>();
  for (const draw of draws) {
    const limit = limitOf(draw);
    if (limit !== null) rooms.set(keyOf(draw), { of: draw, left: limit });
  }
  const keys = [...rooms.keys()].sort();
  if (keys.length > 0) {
    await raw`
      select pg_advisory_xact_lock(hashtextextended('cap:' || key, 0))
        from unnest(${textArrayLiteral(keys)}::text[]) with ordinality as k (key, place) order by place`;
    const taken = await raw<(CappedDraw & { count: number })[]>`
      select d.beneficiary_id, d.terms_id, d.kind, count(*)::int as count
        from draws d
        join unnest(${arrayLiteral(keys.map((key) => rooms.get(key)?.of.beneficiary_id ?? ""))}::uuid[],
                    ${arrayLiteral(keys.map((key) => rooms.get(key)?.of.terms_id ?? 0))}::int[])
               as wanted (beneficiary_id, terms_id)
          on wanted.beneficiary_id = d.beneficiary_id and wanted.terms_id = d.terms_id
       where d.kind = 'referral' and d.state in ('queued', 'bound', 'drawn') group by 1, 2, 3`;
    for (const row of taken) {
      const room = rooms.get(keyOf(row));
      if (room) room.left -= row.count;
    }
  }
  return {
    has: (draw) => limitOf(draw) === null || (rooms.get(keyOf(draw))?.left ?? 0) > 0,
    take: (draw) => {
      const room = limitOf(draw) === null ? undefined : rooms.get(keyOf(draw));
      if (room) room.left -= 1;
    },
  };
}

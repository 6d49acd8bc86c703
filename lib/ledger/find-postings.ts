import type { PendingQuery, Row } from "postgres";
import type { Db } from "@/db/client";
import type { AccountRef } from "./wallet";

/** What to look for among an account's postings. Everything given must hold. */
export interface PostingSearch {
  /**
   * Each word is found in what the posting names (sku, resource, template, reason, reference, cause …), or in how its
   * kind is said: then that kind is among its `kinds`, a deposit's with its method, `deposit:card`.
   */
  words: readonly { text: string; kinds: readonly string[] }[];
  /** As the ledger names it, `usage`, `void`, `deposit`, …; null for any. */
  kind: string | null;
  /** Bounds of what it moved, in nano-dollars, both included; a posting's lines count each for itself as well. */
  least: bigint | null;
  most: bigint | null;
}

/** Postings looked at by one search; what is left is the next one's, so that no search holds the database for long. */
const LOOKED_AT_MAX = 100_000n;
const CHUNK = 10_000n;

/**
 * The numbers of the newest postings between two places that a search finds, newest first.
 * @returns as `reached` the number below which nothing was looked at yet.
 */
export async function findPostings(
  sql: Db["$client"],
  account: AccountRef,
  search: PostingSearch,
  { after, upTo, limit }: { after: bigint; upTo: bigint; limit: number },
): Promise<{ seqs: bigint[]; reached: bigint }> {
  const seqs: bigint[] = [];
  let top = upTo;
  while (top > after && upTo - top < LOOKED_AT_MAX) {
    const bottom = top - CHUNK > after ? top - CHUNK : after;
    const rows = await foundBetween(sql, account, search, { after: bottom, upTo: top, limit: limit - seqs.length });
    seqs.push(...rows.map(({ seq }) => BigInt(seq)));
    const last = seqs.at(-1);
    if (seqs.length === limit && last !== undefined) return { seqs, reached: last };
    top = bottom;
  }
  return { seqs, reached: top + 1n };
}

type Fragment = PendingQuery<Row[]>;

function foundBetween(
  sql: Db["$client"],
  { lane, id }: AccountRef,
  { words, kind, least, most }: PostingSearch,
  { after, upTo, limit }: { after: bigint; upTo: bigint; limit: number },
) {
  const range = sql`lane = ${lane} and account_id = ${id} and seq > ${String(after)} and seq <= ${String(upTo)}`;
  // One parameter for any number of words: what a chunk asks is prepared once.
  const asked = JSON.stringify(words.map(({ text, kinds }) => ({ like: likeOf(text), kinds })));
  const wordsIn = (key: Fragment, said: Fragment) => sql`
    not exists (select from jsonb_array_elements(${asked}::text::jsonb) w
                 where not (w -> 'kinds' ? ${key} or ${said} ilike (w ->> 'like')))`;
  const lowest = least === null ? null : String(least);
  const highest = most === null ? null : String(most);
  const within = (amount: Fragment) => sql`
    (${lowest}::bigint is null or ${amount} >= ${lowest}::bigint)
    and (${highest}::bigint is null or ${amount} <= ${highest}::bigint)`;
  const usageKind = sql`case when voids_seq is null then 'usage' else 'void' end`;
  const usageSaid = sql`concat_ws(' ', service, sku, resource, template, source, id)`;
  const postingKey = sql`concat_ws(':', kind, explains ->> 'method')`;
  const postingSaid = sql`concat_ws(' ', cause, (select string_agg(value, ' ') from jsonb_each_text(explains)))`;
  return sql<{ seq: string }[]>`
    select seq from (
      select seq from usage_events
       where ${range} and (${kind}::text is null or ${usageKind} = ${kind})
         and ${within(sql`abs(charge)`)} and ${wordsIn(usageKind, usageSaid)}
      union all
      select seq from postings p
       where ${range} and (${kind}::text is null or kind = ${kind}) and ${wordsIn(postingKey, postingSaid)}
         and (${within(sql`amount`)} or exists (
               select from transfers t where t.lane = p.lane and t.account_id = p.account_id and t.seq = p.seq
                  and ${within(sql`t.amount`)}))
    ) found order by seq desc limit ${limit}`;
}

/** Words are looked for as they are written: nothing in them stands for anything else. */
const likeOf = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

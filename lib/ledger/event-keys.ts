import type { TransactionSql } from "postgres";
import { laneOf } from "./lanes";
import { arrayLiteral, textArrayLiteral } from "./sql-arrays";

/** What makes an event the same event. */
export interface EventKey {
  /** The key's own hash: see `lib/ledger/lanes.ts`. */
  lane: number;
  source: string;
  id: string;
  /** Both as one, as `keyText` writes it. */
  text: string;
  /** First 64 bits, signed, of the SHA-256 of its canonical content. */
  digest: bigint;
}

/** Stands between source and id, in which control characters are refused. */
const UNIT = "\u001f";
/** Stands between keys. */
const RECORD = "\u001e";

export const keyText = ({ source, id }: { source: string; id: string }): string => `${source}${UNIT}${id}`;

export function eventKey({ source, id }: { source: string; id: string }, digest: bigint): EventKey {
  const text = keyText({ source, id });
  return { lane: laneOf(text), source, id, text, digest };
}

const columns = (keys: readonly EventKey[]) => [
  arrayLiteral(keys.map(({ lane }) => lane)),
  textArrayLiteral(keys.map(({ source }) => source)),
  textArrayLiteral(keys.map(({ id }) => id)),
];

const inOrder = (a: EventKey, b: EventKey): number =>
  a.lane - b.lane || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);

/**
 * Takes keys for ever. Keys are taken in one order by everybody, so two transactions that share some wait for each
 * other and never deadlock.
 * @param keys no two of them equal
 * @returns `text` of those that were free.
 */
export async function takeKeys(raw: TransactionSql, keys: readonly EventKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const ordered = [...keys].sort(inOrder);
  // One value for the whole set: the driver spends more on a thousand rows than on one long text.
  const [row] = await raw.unsafe<{ taken: string | null }[]>(
    `with taken as (
       insert into event_keys (lane, source, id, digest)
       select unnest($1::smallint[]), unnest($2::text[]), unnest($3::text[]), unnest($4::bigint[])
       on conflict do nothing returning source, id)
     select string_agg(source || '${UNIT}' || id, '${RECORD}') as taken from taken`,
    [...columns(ordered), arrayLiteral(ordered.map(({ digest }) => digest))],
    { prepare: true },
  );
  return new Set(row?.taken?.split(RECORD));
}

/** The content digests of those of `keys` that are taken, by their `text`. */
export async function knownKeys(raw: TransactionSql, keys: readonly EventKey[]): Promise<Map<string, bigint>> {
  if (keys.length === 0) return new Map();
  const known = await raw.unsafe<{ source: string; id: string; digest: string }[]>(
    `select k.source, k.id, k.digest from event_keys k
       join unnest($1::smallint[], $2::text[], $3::text[]) as u (lane, source, id)
         on k.lane = u.lane and k.source = u.source and k.id = u.id`,
    columns(keys),
    { prepare: true },
  );
  return new Map(known.map((row) => [keyText(row), BigInt(row.digest)]));
}

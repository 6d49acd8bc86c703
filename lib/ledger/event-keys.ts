import type { TransactionSql } from "postgres";
import { arrayLiteral, textArrayLiteral } from "./sql-arrays";

/** What makes an event the same event. */
export interface EventKey {
  /** The key's own hash: see `lib/ledger/lanes.ts`. */
  lane: number;
  source: string;
  id: string;
  /** First 64 bits, signed, of the SHA-256 of its canonical content. */
  digest: bigint;
}

export const keyText = ({ source, id }: { source: string; id: string }): string => `${source}\u0000${id}`;

const columns = (keys: readonly EventKey[]) => [
  arrayLiteral(keys.map(({ lane }) => lane)),
  textArrayLiteral(keys.map(({ source }) => source)),
  textArrayLiteral(keys.map(({ id }) => id)),
];

const inOrder = (a: EventKey, b: EventKey): number =>
  a.lane - b.lane || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Takes keys for ever. Keys are taken in one order by everybody, so two transactions that share some wait for each
 * other and never deadlock.
 * @param keys no two of them equal
 * @returns `keyText` of those that were free.
 */
export async function takeKeys(raw: TransactionSql, keys: readonly EventKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const ordered = [...keys].sort(inOrder);
  const taken = await raw.unsafe<{ source: string; id: string }[]>(
    `insert into event_keys (lane, source, id, digest)
     select * from unnest($1::smallint[], $2::text[], $3::text[], $4::bigint[])
     on conflict do nothing returning source, id`,
    [...columns(ordered), arrayLiteral(ordered.map(({ digest }) => digest))],
    { prepare: true },
  );
  return new Set(taken.map(keyText));
}

/** The content digests of those of `keys` that are taken, by `keyText`. */
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

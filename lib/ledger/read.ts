import { type Db, rawOf, type Tx } from "@/db/client";
import type { Nanos } from "@/lib/money/nanos";
import { balanceChange, type Code, isCode } from "./chart";
import { putAwayThrough } from "./months/kept";
import type { AccountRef } from "./wallet";

/** One line of an account's books, and where it left the balance of its code. */
export interface Entry {
  seq: bigint;
  /** Place within the posting. */
  no: number;
  at: Date;
  kind: string;
  cause: string;
  code: Code;
  direction: "debit" | "credit";
  amount: Nanos;
  balanceAfter: Nanos;
  explains: Record<string, unknown>;
}

/** Where a page ended: the last entry's place and the balances before it, so that the next page needs no sums. */
export interface EntriesCursor {
  seq: bigint;
  no: number;
  balances: Map<Code, Nanos>;
}

interface EntryRow {
  seq: string;
  no: number;
  at_ms: string;
  kind: string;
  cause: string;
  code: string;
  direction: "debit" | "credit";
  amount: string;
  explains: unknown;
}

/**
 * An account's entries, newest first. Postings are numbered without gaps, so a page is a range of numbers however
 * long the history; balances are walked back from the present ones, in one snapshot.
 * @param limit 1 to 1,000
 */
export async function entriesPage(
  db: Db,
  account: AccountRef,
  { cursor, limit }: { cursor?: EntriesCursor; limit: number },
): Promise<{ entries: Entry[]; next: EntriesCursor | null }> {
  return db.transaction(async (tx) => readPage(tx, account, cursor, limit), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function readPage(tx: Tx, account: AccountRef, cursor: EntriesCursor | undefined, limit: number) {
  const now = await present(tx, account);
  const start = cursor ?? now;
  const balances = new Map(start.balances);
  const entries: Entry[] = [];
  // A cursor comes from outside: one beyond the last posting must not be walked down to it.
  let top = start.seq < now.seq ? start.seq : now.seq;
  // What is put away is not shown, and neither is what stands between it: the books begin behind it.
  const end = await putAwayThrough(rawOf(tx), account);
  while (top > end) {
    const bottom = top - BigInt(limit) > end ? top - BigInt(limit) : end;
    for (const row of await rowsBetween(tx, account, bottom, top)) {
      if (BigInt(row.seq) === start.seq && row.no >= start.no) continue;
      const entry = toEntry(row, balances);
      if (entries.length === limit) {
        const last = entries.at(-1);
        return { entries, next: last ? { seq: last.seq, no: last.no, balances } : null };
      }
      entries.push(entry);
      balances.set(entry.code, (entry.balanceAfter - changeOf(entry)) as Nanos);
    }
    top = bottom;
  }
  return { entries, next: null };
}

const rowsBetween = (tx: Tx, account: AccountRef, after: bigint, upTo: bigint) => rawOf(tx)<EntryRow[]>`
  select seq, no, (extract(epoch from at) * 1000)::bigint as at_ms, kind, cause, code, direction, amount, explains
    from ledger_entries
   where lane = ${account.lane} and account_id = ${account.id} and seq > ${String(after)} and seq <= ${String(upTo)}
   order by seq desc, no desc`;

function toEntry(row: EntryRow, balances: ReadonlyMap<Code, Nanos>): Entry {
  if (!isCode(row.code)) throw new Error(`${row.code} is not in the chart of accounts`);
  return {
    seq: BigInt(row.seq),
    no: row.no,
    at: new Date(Number(row.at_ms)),
    kind: row.kind,
    cause: row.cause,
    code: row.code,
    direction: row.direction,
    amount: BigInt(row.amount) as Nanos,
    balanceAfter: balances.get(row.code) ?? (0n as Nanos),
    explains: (typeof row.explains === "string" ? JSON.parse(row.explains) : row.explains) as Record<string, unknown>,
  };
}

const changeOf = ({ code, direction, amount }: Entry): Nanos => balanceChange(code, direction, amount);

/** The balances of every account of the chart now, and the number of the last posting. */
async function present(tx: Tx, account: AccountRef): Promise<EntriesCursor> {
  const raw = rawOf(tx);
  const [wallet] = await raw<Record<string, string>[]>`
    select seq, promo, promo_held as "promo.held", earned, market, paid_net as paid, debt,
           charged_pod as "revenue.pod", charged_serverless as "revenue.serverless",
           charged_storage as "revenue.storage"
      from wallets where lane = ${account.lane} and account_id = ${account.id}`;
  const others = await raw<{ code: string; balance: string }[]>`
    select code, balance from balances where lane = ${account.lane} and account_id = ${account.id}`;
  const { seq = "0", ...carried } = wallet ?? {};
  const known = [...Object.entries(carried), ...others.map(({ code, balance }) => [code, balance] as const)];
  const balances = new Map(known.flatMap(([code, text]) => (isCode(code) ? [[code, BigInt(text) as Nanos]] : [])));
  return { seq: BigInt(seq), no: Number.POSITIVE_INFINITY, balances };
}

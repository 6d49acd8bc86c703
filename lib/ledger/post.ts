import { createHash } from "node:crypto";
import type { TransactionSql } from "postgres";
import { BOOKS_MAX, type Nanos } from "@/lib/money/nanos";
import { balanceChange, type Code } from "./chart";
import { isCarriedByWallet, moveBalances } from "./move-balances";
import { arrayLiteral } from "./sql-arrays";
import type { LockedWallet } from "./wallet";

export interface Transfer {
  debit: Code;
  credit: Code;
  /** Above zero. */
  amount: Nanos;
}

/** A rare movement of money, built in `postings.ts`. */
export interface Posting {
  kind: string;
  /** Why, and the idempotency key: unique for ever. */
  cause: string;
  transfers: readonly Transfer[];
  /** What a reader follows to the source. */
  explains: Readonly<Record<string, string>>;
}

/** The same cause was posted before with other content. */
export class CauseConflict extends Error {
  constructor(override readonly cause: string) {
    super(`${cause} was posted before with other content`);
  }
}

/** A running total of the account would pass {@link BOOKS_MAX}: nothing was posted. */
export class BooksFull extends Error {
  constructor(override readonly cause: string) {
    super(`${cause} would take the account's books past what they can hold`);
  }
}

/**
 * The only way money moves, apart from the flood of usage events. Appends a posting to the books of a wallet whose
 * lock is held and moves its cached balances; `saveWallets` writes them.
 * @returns its number, and whether it is new: the same cause with the same content changes nothing.
 * @throws CauseConflict when the cause was used for something else.
 */
export async function post(
  raw: TransactionSql,
  wallet: LockedWallet,
  posting: Posting,
  at: Date,
): Promise<{ seq: bigint; created: boolean }> {
  const { account, state } = wallet;
  const total = posting.transfers.reduce((sum, { amount }) => sum + amount, 0n);
  if (total <= 0n) throw new Error(`${posting.cause} moves nothing`);
  const digest = digestOf(wallet, posting);
  const [before] = await raw<{ seq: string; digest: string }[]>`
    select seq, digest from postings where lane = ${account.lane} and cause = ${posting.cause}`;
  if (before) {
    if (before.digest !== digest) throw new CauseConflict(posting.cause);
    return { seq: BigInt(before.seq), created: false };
  }
  state.seq += 1n;
  moveBalances(state, posting);
  await append(raw, wallet, posting, { seq: state.seq, at });
  return { seq: state.seq, created: true };
}

/**
 * Writes a posting whose number is given and whose balances have moved: by `post`, or by the rules themselves, which
 * answer some events with a posting of their own.
 */
export async function append(
  raw: TransactionSql,
  wallet: LockedWallet,
  posting: Posting,
  { seq, at }: { seq: bigint; at: Date },
): Promise<void> {
  const { account } = wallet;
  const total = posting.transfers.reduce((sum, { amount }) => sum + amount, 0n);
  await raw`
    insert into postings (lane, account_id, seq, kind, cause, digest, amount, at, explains)
    values (${account.lane}, ${account.id}, ${String(seq)}, ${posting.kind}, ${posting.cause},
            ${digestOf(wallet, posting)}, ${String(total)}, ${at.toISOString()},
            ${JSON.stringify(posting.explains)}::jsonb)`;
  await raw.unsafe(
    `insert into transfers (lane, account_id, seq, no, debit, credit, amount)
     select $1, $2::uuid, $3::bigint, (row_number() over ())::smallint, t.debit, t.credit, t.amount
       from unnest($4::text[], $5::text[], $6::bigint[]) as t (debit, credit, amount)`,
    [
      account.lane,
      account.id,
      String(seq),
      arrayLiteral(posting.transfers.map(({ debit }) => debit)),
      arrayLiteral(posting.transfers.map(({ credit }) => credit)),
      arrayLiteral(posting.transfers.map(({ amount }) => amount)),
    ],
    { prepare: true },
  );
  await moveOtherBalances(raw, wallet, posting.transfers);
}

/**
 * Posts what somebody asked for, as against what the rules owe, which always has room left.
 * @throws BooksFull as well.
 */
export async function postAsked(...asked: Parameters<typeof post>): ReturnType<typeof post> {
  const [, { state }, { cause }] = asked;
  const posted = await post(...asked);
  const { promo, earned, deposited } = state;
  if (promo + earned > BOOKS_MAX || deposited > BOOKS_MAX) throw new BooksFull(cause);
  return posted;
}

/** The accounts that the wallet row does not carry keep their balance in a row of their own. */
async function moveOtherBalances(
  raw: TransactionSql,
  { account }: LockedWallet,
  transfers: readonly Transfer[],
): Promise<void> {
  const changes = new Map<Code, bigint>();
  for (const transfer of transfers) {
    for (const side of ["debit", "credit"] as const) {
      const code = transfer[side];
      if (isCarriedByWallet(code)) continue;
      changes.set(code, (changes.get(code) ?? 0n) + balanceChange(code, side, transfer.amount));
    }
  }
  if (changes.size === 0) return;
  await raw.unsafe(
    `insert into balances as b (lane, account_id, code, balance)
     select $1::smallint, $2::uuid, u.code, u.change from unnest($3::text[], $4::bigint[]) as u (code, change)
     on conflict (lane, account_id, code) do update set balance = b.balance + excluded.balance`,
    [account.lane, account.id, arrayLiteral([...changes.keys()]), arrayLiteral([...changes.values()])],
    { prepare: true },
  );
}

/** What was asked for: whose books, which kind, how much from where to where. */
function digestOf({ account }: LockedWallet, { kind, transfers }: Posting): string {
  const content = [account.id, kind, ...transfers.map(({ debit, credit, amount }) => `${debit}>${credit}:${amount}`)];
  return createHash("sha256").update(content.join("|")).digest("hex");
}

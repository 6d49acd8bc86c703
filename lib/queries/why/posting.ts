import "server-only";
import { connection } from "next/server";
import { db, rawOf, type Tx } from "@/db/client";
import { creditMoves } from "@/lib/ledger/credit-moves";
import { amountText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { type LotBucket, replayLots } from "@/lib/programs/lots";
import type { AccountKey } from "@/lib/queries/account-key";
import { type ChargeWhy, chargeOf } from "./charge";
import { type EarningWhy, earningOf } from "./earning";

/** Why a posting is what it is. Amounts exact decimal dollars, instants ISO 8601. */
export interface PostingWhy {
  seq: string;
  at: string;
  kind: string;
  cause: string;
  explains: Record<string, string>;
  entries: { no: number; code: string; direction: "debit" | "credit"; amount: string }[];
  charge: ChargeWhy | null;
  /** What the charge drew from each bucket, and which credit that was. */
  paidBy: { bucket: LotBucket; amount: string; lots: PaidByLot[] }[];
  /** The credit that came by it, and what has become of it. */
  lots: {
    bucket: LotBucket;
    amount: string;
    spent: string;
    takenBack: string;
    expired: string;
    left: string;
    /** Null where it never does. */
    expiresAt: string | null;
  }[];
  earning: EarningWhy | null;
  /** The terms it follows, where it follows any. */
  terms: { program: string; version: string } | null;
  /** The deposit that a refund or chargeback, or a dispute, was about. */
  depositSeq: string | null;
}

/** A part of a charge, and the posting whose credit paid it; null where no money has come for it yet. */
export interface PaidByLot {
  amount: string;
  lot: { seq: string; kind: string; at: string; explains: Record<string, string>; cause: string } | null;
}

interface EntryRow {
  no: number;
  at_ms: string;
  kind: string;
  cause: string;
  code: string;
  direction: "debit" | "credit";
  amount: string;
  explains: unknown;
}

/** Numbers of postings are below 64 bits. */
const SEQ = /^[1-9][0-9]{0,17}$/;

/** Null where the account has no such posting. */
export async function whyPosting(account: AccountKey, seqText: string): Promise<PostingWhy | null> {
  await connection();
  if (!SEQ.test(seqText)) return null;
  return db().transaction((tx) => explain(tx, account, BigInt(seqText)), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function explain(tx: Tx, account: AccountKey, seq: bigint): Promise<PostingWhy | null> {
  const rows = await rawOf(tx)<EntryRow[]>`
    select no, (extract(epoch from at) * 1000)::bigint as at_ms, kind, cause, code, direction, amount, explains
      from ledger_entries where lane = ${account.lane} and account_id = ${account.id} and seq = ${String(seq)}
     order by no`;
  const [first] = rows;
  if (!first) return null;
  const { kind, cause } = first;
  const explains = textsOf(first.explains);
  const charge = await chargeOf(tx, account, seq);
  const { paidBy, lots } = await creditOf(tx, account, seq);
  const isEarned = kind === "commission" || kind === "royalty";
  return {
    seq: String(seq),
    at: new Date(Number(first.at_ms)).toISOString(),
    kind,
    cause,
    explains,
    entries: rows.map(({ no, code, direction, amount }) => ({ no, code, direction, amount: dollars(BigInt(amount)) })),
    charge,
    paidBy,
    lots,
    earning: isEarned ? await earningOf(tx, account, { cause, explains }) : null,
    terms: await termsOf(tx, account, explains),
    depositSeq: explains.deposit ? await depositSeq(tx, account, explains.deposit) : null,
  };
}

const dollars = (amount: bigint): string => amountText(nanos(amount));

const textsOf = (value: unknown): Record<string, string> => {
  const object: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return Object.fromEntries(Object.entries(object ?? {}).map(([name, each]) => [name, String(each)]));
};

async function creditOf(tx: Tx, account: AccountKey, seq: bigint): Promise<Pick<PostingWhy, "paidBy" | "lots">> {
  const { lots, drawn } = replayLots(await creditMoves(rawOf(tx), account, seq));
  const parts = drawn.get(seq) ?? [];
  const sources = await sourcesOf(
    tx,
    account,
    parts.flatMap(({ lotSeq }) => lotSeq ?? []),
  );
  const buckets = [...new Set(parts.map(({ bucket }) => bucket))];
  return {
    paidBy: buckets.map((bucket) => {
      const mine = parts.filter((part) => part.bucket === bucket);
      return {
        bucket,
        amount: dollars(mine.reduce((sum, { amount }) => sum + amount, 0n)),
        lots: mine.map(({ lotSeq, amount }) => ({
          amount: dollars(amount),
          lot: lotSeq === null ? null : (sources.get(String(lotSeq)) ?? null),
        })),
      };
    }),
    lots: lots
      .filter((lot) => lot.seq === seq)
      .map(({ bucket, amount, left, takenBack, expired, expiresAtMs }) => ({
        bucket,
        amount: dollars(amount),
        spent: dollars(amount - left - takenBack - expired),
        takenBack: dollars(takenBack),
        expired: dollars(expired),
        left: dollars(left),
        expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
      })),
  };
}

/** The postings that credit came by. */
async function sourcesOf(tx: Tx, { lane, id }: AccountKey, seqs: readonly bigint[]) {
  const rows =
    seqs.length === 0
      ? []
      : await rawOf(tx)<{ seq: string; kind: string; cause: string; at_ms: string; explains: unknown }[]>`
          select seq, kind, cause, (extract(epoch from at) * 1000)::bigint as at_ms, explains from postings
           where lane = ${lane} and account_id = ${id} and seq = any(${seqs.map(String)}::bigint[])`;
  return new Map(
    rows.map(({ seq, kind, cause, at_ms, explains }) => [
      seq,
      { seq, kind, cause, at: new Date(Number(at_ms)).toISOString(), explains: textsOf(explains) },
    ]),
  );
}

/** A bonus follows the terms its draw is pinned to, a milestone those of its pair. */
async function termsOf(tx: Tx, account: AccountKey, explains: Record<string, string>): Promise<PostingWhy["terms"]> {
  const raw = rawOf(tx);
  const { draw, milestone } = explains;
  if (draw !== undefined) {
    const [row] = await raw<{ program: string; version: string }[]>`
      select t.program, t.version from draws d join terms t on t.id = d.terms_id where d.id = ${draw}`;
    return row ?? null;
  }
  if (milestone === undefined) return null;
  const [row] = await raw<{ program: string; version: string }[]>`
    select t.program, t.version from rewards w
      join referrals r on r.lane = w.trigger_lane and r.referred_id = w.trigger_id
      join terms t on t.id = r.milestone_terms_id
     where w.lane = ${account.lane} and w.account_id = ${account.id} and w.id = ${milestone}`;
  return row ?? null;
}

async function depositSeq(tx: Tx, { lane, id }: AccountKey, reference: string): Promise<string | null> {
  const [row] = await rawOf(tx)<{ seq: string }[]>`
    select seq from deposits where reference = ${reference} and lane = ${lane} and account_id = ${id}`;
  return row?.seq ?? null;
}

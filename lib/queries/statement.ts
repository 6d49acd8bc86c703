import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { lastSeqBefore } from "@/lib/ledger/balances-at";
import { findPostings, type PostingSearch } from "@/lib/ledger/find-postings";
import { putAwayThrough } from "@/lib/ledger/months/kept";
import type { AccountKey } from "./account-key";
import { postingsOf, type StatementPosting } from "./statement-posting";

/** Which postings of an account. */
export interface StatementWanted extends PostingSearch {
  /** The first instant that counts, and the first that does not any more; null for no end. */
  since: Date | null;
  until: Date | null;
}

export const wholeStatement: StatementWanted = {
  words: [],
  kind: null,
  least: null,
  most: null,
  since: null,
  until: null,
};

export interface StatementPage {
  /** Newest first. */
  postings: StatementPosting[];
  /** The number to go on below; null at the end. */
  next: string | null;
  /** Whether a search stopped before it filled the page or came to the end, so as not to take long. */
  isPartial: boolean;
}

interface PageWanted {
  /** The number of the posting the page before ended with; null for the newest. */
  below: bigint | null;
  size: number;
  /** All of them when absent. */
  wanted?: StatementWanted;
}

/**
 * A page of an account's statement, posting by posting, with the spendable credit each left behind. What it costs depends
 * on the page and on how far a search has to look, not on the history.
 */
export async function statementPage(account: AccountKey, asked: PageWanted): Promise<StatementPage> {
  await connection();
  return readPage(account, asked);
}

const POSTINGS_AT_ONCE = 500;

/**
 * Everything wanted of a statement, newest first, some postings at a time: memory does not grow with their number, and
 * who is slow to take them holds no connection meanwhile. Runs while an answer is sent, where there is no request to wait
 * for any more.
 */
export async function* everyPosting(account: AccountKey, wanted: StatementWanted): AsyncGenerator<StatementPosting[]> {
  let below: bigint | null = null;
  do {
    const page: StatementPage = await readPage(account, { wanted, below, size: POSTINGS_AT_ONCE });
    if (page.postings.length > 0) yield page.postings;
    below = page.next === null ? null : BigInt(page.next);
  } while (below !== null);
}

async function readPage(
  account: AccountKey,
  { below, size, wanted = wholeStatement }: PageWanted,
): Promise<StatementPage> {
  const [after, upTo] = await rangeOf(account, wanted, below);
  const { seqs, reached } = isSearch(wanted)
    ? await search(account, wanted, { after, upTo, size })
    : numbered({ after, upTo, size });
  return {
    postings: await postingsOf(account, seqs),
    next: reached > after + 1n ? String(reached) : null,
    isPartial: seqs.length < size && reached > after + 1n,
  };
}

const isSearch = ({ words, kind, least, most }: StatementWanted): boolean =>
  words.length > 0 || kind !== null || least !== null || most !== null;

/** The postings that a page may show have numbers above the first, behind what is put away, and up to the second. */
async function rangeOf(
  account: AccountKey,
  { since, until }: StatementWanted,
  below: bigint | null,
): Promise<[bigint, bigint]> {
  const sql = db().$client;
  const [wallet] = await sql<{ seq: string }[]>`
    select seq from wallets where lane = ${account.lane} and account_id = ${account.id}`;
  const tops = [BigInt(wallet?.seq ?? "0")];
  if (below !== null) tops.push(below - 1n);
  if (until !== null) tops.push(await lastSeqBefore(sql, account, until));
  const upTo = tops.reduce((least, each) => (each < least ? each : least));
  const bottoms = [await putAwayThrough(sql, account), since === null ? 0n : await lastSeqBefore(sql, account, since)];
  return [bottoms.reduce((most, each) => (each > most ? each : most)), upTo];
}

/** One more than the page shows is looked for, so that the last page is known to be the last. */
async function search(
  account: AccountKey,
  wanted: StatementWanted,
  { after, upTo, size }: { after: bigint; upTo: bigint; size: number },
) {
  const found = await findPostings(db().$client, account, wanted, { after, upTo, limit: size + 1 });
  if (found.seqs.length <= size) return found;
  const seqs = found.seqs.slice(0, size);
  return { seqs, reached: seqs.at(-1) ?? found.reached };
}

/** Postings are numbered without gaps: those of a page need not be looked for. */
function numbered({ after, upTo, size }: { after: bigint; upTo: bigint; size: number }) {
  const seqs: bigint[] = [];
  for (let seq = upTo; seq > after && seqs.length < size; seq -= 1n) seqs.push(seq);
  return { seqs, reached: seqs.at(-1) ?? after + 1n };
}

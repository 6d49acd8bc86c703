import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { type Balances, balancesAfter, firstPostedAt, lastSeqsBefore } from "@/lib/ledger/balances-at";
import { putAwayUntil } from "@/lib/ledger/months/kept";
import { amountText } from "@/lib/money/format";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import type { AccountKey } from "./account-key";
import { type MonthLine, monthLines } from "./month-lines";
import { type CustomerView, customerOf, type SellerView, sellerAt } from "./receipts";

/** What an account had at one end of a month. Exact decimal dollars. */
export interface MonthEnd {
  /** Promo, earned, market and paid credit; below zero where more is owed than there was. */
  total: string;
  promo: string;
  earned: string;
  market: string;
  /** Below zero is arrears. */
  paid: string;
  /** No part of the total: bonuses not spendable yet, earnings that wait for a gate, and debt. */
  promoHeld: string;
  pending: string;
  debt: string;
}

/** One month of an account's books: opening and lines add up to closing, and closing is the next month's opening. */
export interface MonthStatement {
  /** YYYY-MM, UTC. */
  month: string;
  /** Whether nothing more can come to it. */
  isOver: boolean;
  opening: MonthEnd;
  closing: MonthEnd;
  lines: MonthLine[];
  seller: SellerView | null;
  customer: CustomerView;
  /** When the paper is dated, ISO 8601: the month's last instant, or now while it runs. */
  issuedAt: string;
}

export interface MonthSummary {
  month: string;
  isOver: boolean;
  opening: string;
  closing: string;
}

const MONTH = /^(2[0-9]{3})-(0[1-9]|1[0-2])$/;
/** As many as a list shows: ten years. */
const MONTHS_MAX = 120;

const startOf = (year: number, month: number): Date => new Date(Date.UTC(year, month, 1));
const nextStart = (start: Date): Date => startOf(start.getUTCFullYear(), start.getUTCMonth() + 1);
const nameOf = (start: Date): string => start.toISOString().slice(0, 7);

/** The months since the first posting, the current one first. */
export async function monthsOf(account: AccountKey): Promise<MonthSummary[]> {
  await connection();
  const first = await firstMonth(account);
  if (!first) return [];
  const now = new Date();
  const starts = [first];
  for (let start = nextStart(first); start <= now; start = nextStart(start)) starts.push(start);
  const shown = starts.slice(-MONTHS_MAX);
  const instants = [...shown, nextStart(shown.at(-1) ?? first)];
  const seqs = await lastSeqsBefore(db().$client, account, instants);
  const balances = await balancesAfter(db().$client, account, seqs);
  const totals = seqs.map((seq) => amountText(totalOf(balances.get(seq))));
  return shown
    .map((start, place) => ({
      month: nameOf(start),
      isOver: nextStart(start) <= now,
      opening: totals[place] ?? "0",
      closing: totals[place + 1] ?? "0",
    }))
    .reverse();
}

/** Null for what is no month, for one before the account's first posting, and for one that has not begun. */
export async function monthStatement(account: AccountKey, month: string): Promise<MonthStatement | null> {
  await connection();
  const match = MONTH.exec(month);
  const first = match && (await firstMonth(account));
  if (!first) return null;
  const start = startOf(Number(match[1]), Number(match[2]) - 1);
  const now = new Date();
  if (start < first || start > now) return null;
  const end = nextStart(start);
  const sql = db().$client;
  const [after = 0n, upTo = 0n] = await lastSeqsBefore(sql, account, [start, end]);
  const balances = await balancesAfter(sql, account, [after, upTo]);
  const [opening, closing] = [balances.get(after), balances.get(upTo)];
  const isOver = end <= now;
  const issuedAt = isOver ? new Date(end.getTime() - 1) : now;
  return {
    month,
    isOver,
    opening: endOf(opening),
    closing: endOf(closing),
    lines: await monthLines(account, { after, upTo, opening, closing }),
    seller: await sellerAt(issuedAt),
    customer: await customerOf(account),
    issuedAt: issuedAt.toISOString(),
  };
}

/** The month of the first posting, or the first one of which nothing is put away. */
async function firstMonth({ lane, id }: AccountKey): Promise<Date | null> {
  const until = await putAwayUntil(db().$client, { lane, id });
  if (until) return startOf(until.getUTCFullYear(), until.getUTCMonth());
  const at = await firstPostedAt(db().$client, { lane, id });
  return at && startOf(at.getUTCFullYear(), at.getUTCMonth());
}

const totalOf = (balances: Balances | undefined): Nanos =>
  nanos(
    (["promo", "earned", "market", "paid"] as const).reduce((sum, code) => sum + (balances?.get(code) ?? ZERO), 0n),
  );

function endOf(balances: Balances | undefined): MonthEnd {
  const text = (code: "promo" | "earned" | "market" | "paid" | "promo.held" | "pending" | "debt") =>
    amountText(balances?.get(code) ?? ZERO);
  return {
    total: amountText(totalOf(balances)),
    promo: text("promo"),
    earned: text("earned"),
    market: text("market"),
    paid: text("paid"),
    promoHeld: text("promo.held"),
    pending: text("pending"),
    debt: text("debt"),
  };
}

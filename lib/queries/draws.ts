import "server-only";
import { and, desc, eq, lt, or, type SQL } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { beaconChains, draws, referrals, rewards, terms } from "@/db/schema/programs";
import { amountText } from "@/lib/money/format";
import { bonusOdds } from "@/lib/programs/bonus-odds";
import { drawStateOf } from "@/lib/programs/bonus-state";
import { canonicalOdds, type Odds, oddsHash } from "@/lib/programs/odds";
import { parseTerms } from "@/lib/programs/terms";
import type { AccountKey } from "./account-key";
import { type DrawProof, proveDraw } from "./draw-proof";

/** The beacon that decides a draw, and the round it is bound to. */
export interface BoundRound {
  beacon: "local" | "drand";
  round: string;
  /** When the round comes out, ISO 8601. */
  at: string;
  /** The local beacon's published end of the chain: `round` hashes from the randomness. */
  anchor: string | null;
}

/** A draw in a list. Times in ISO 8601. */
export interface DrawSummary {
  drawId: string;
  /** Whose trigger it was: the account's own, or that of somebody it referred. */
  side: "own" | "referrer";
  state: "due" | "held" | "queued" | "bound" | "drawn";
  heldReason: string | null;
  /** The paid spend behind it fell below the trigger; it is posted again when that is reached again. */
  isTakenBack: boolean;
  dueAt: string;
  drawnAt: string | null;
  /** For a referrer's draw: when the referred account signed up. */
  referredAt: string | null;
  /** Exact decimal dollars. */
  amount: string | null;
}

/** A draw with all that is needed to recompute it. */
export interface DrawView extends DrawSummary {
  program: string;
  termsVersion: string;
  boundAt: string | null;
  bound: BoundRound | null;
  /** 64 hex digits, once the round is out. */
  randomness: string | null;
  /** drand's, hex. */
  signature: string | null;
  /** With one outcome where the terms give a fixed amount. */
  odds: { odds: Odds; canonical: string; hash: string };
  proof: DrawProof | null;
}

export interface DrawPage {
  draws: DrawSummary[];
  /** Give it as `before` for the next page; null at the end. */
  next: string | null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One of the account's draws. Null for what does not exist and for what is another's: nobody can tell which. */
export async function drawOf(account: AccountKey, drawId: string): Promise<DrawView | null> {
  if (!UUID.test(drawId)) return null;
  const [row] = await drawRows(and(eq(draws.beneficiaryId, account.id), eq(draws.id, drawId)), 1);
  return row ? drawView(row) : null;
}

/** The draws that came of the account's referrals, newest first. */
export async function referrerDraws(
  account: AccountKey,
  { limit, before }: { limit: number; before?: string },
): Promise<DrawPage> {
  const cursor = before === undefined ? null : readCursor(before);
  const older = cursor
    ? or(lt(draws.dueAt, cursor.dueAt), and(eq(draws.dueAt, cursor.dueAt), lt(draws.id, cursor.id)))
    : undefined;
  const mine = and(eq(draws.beneficiaryId, account.id), eq(draws.kind, "referral"), older);
  const rows = await drawRows(mine, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1)?.draw;
  return {
    draws: shown.map(drawSummary),
    next: rows.length > limit && last ? `${last.dueAt.getTime()}_${last.id}` : null,
  };
}

function readCursor(text: string): { dueAt: Date; id: string } | null {
  const [ms = "", id = ""] = text.split("_");
  return /^[0-9]{1,15}$/.test(ms) && UUID.test(id) ? { dueAt: new Date(Number(ms)), id } : null;
}

async function drawRows(which: SQL | undefined, limit: number) {
  await connection();
  return db()
    .select({
      draw: draws,
      terms,
      anchor: beaconChains.anchor,
      referredAt: referrals.windowStart,
      isPosted: rewards.posted,
    })
    .from(draws)
    .innerJoin(terms, eq(terms.id, draws.termsId))
    .leftJoin(beaconChains, eq(beaconChains.id, draws.chainId))
    .leftJoin(referrals, and(eq(referrals.referrerId, draws.beneficiaryId), eq(referrals.id, draws.id)))
    .leftJoin(
      rewards,
      and(
        eq(rewards.lane, draws.beneficiaryLane),
        eq(rewards.accountId, draws.beneficiaryId),
        eq(rewards.id, draws.id),
      ),
    )
    .where(which)
    .orderBy(desc(draws.dueAt), desc(draws.id))
    .limit(limit);
}

type DrawRow = Awaited<ReturnType<typeof drawRows>>[number];

function drawSummary({ draw, referredAt, isPosted }: DrawRow): DrawSummary {
  return {
    drawId: draw.id,
    side: draw.kind === "new-account" ? "own" : "referrer",
    state: drawStateOf(draw),
    heldReason: draw.heldReason,
    isTakenBack: isPosted === false,
    dueAt: draw.dueAt.toISOString(),
    drawnAt: draw.drawnAt?.toISOString() ?? null,
    referredAt: referredAt?.toISOString() ?? null,
    amount: draw.amount === null ? null : amountText(draw.amount),
  };
}

function drawView(row: DrawRow): DrawView {
  const { draw, terms: version, anchor } = row;
  const pinned = parseTerms(draw.program, version.parameters);
  const odds = bonusOdds(pinned.bonus, draw.region);
  return {
    ...drawSummary(row),
    program: draw.program,
    termsVersion: version.version,
    boundAt: draw.boundAt?.toISOString() ?? null,
    bound: boundRound(draw, anchor),
    randomness: draw.randomness,
    signature: draw.signature,
    odds: { odds, canonical: canonicalOdds(odds), hash: oddsHash(odds) },
    proof: proofOf(draw, odds, anchor),
  };
}

function boundRound({ beacon, round, roundAt }: DrawRow["draw"], anchor: string | null): BoundRound | null {
  if (beacon === null || round === null || roundAt === null) return null;
  return { beacon, round: String(round), at: roundAt.toISOString(), anchor };
}

function proofOf(draw: DrawRow["draw"], odds: Odds, anchor: string | null): DrawProof | null {
  const { id, randomness, signature, amount, beacon, round, boundAt, roundAt, drawnAt } = draw;
  if (randomness === null || amount === null || beacon === null || round === null) return null;
  if (boundAt === null || roundAt === null || drawnAt === null) return null;
  const number = Number(round);
  return proveDraw({
    drawId: id,
    odds,
    amount,
    round: {
      beacon,
      round: number,
      boundAt: boundAt.getTime(),
      roundAt: roundAt.getTime(),
      drawnAt: drawnAt.getTime(),
      randomness,
      signature,
      link: anchor === null ? null : { anchor, distance: number },
    },
  });
}

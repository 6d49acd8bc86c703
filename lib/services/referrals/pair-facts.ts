import type { TransactionSql } from "postgres";
import type { Db, Tx } from "@/db/client";
import { rawOf } from "@/db/client";
import { commissionPart } from "@/lib/ledger/commission-part";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Nanos } from "@/lib/money/nanos";
import type { ByService, Provenance, Trigger } from "@/lib/programs/account";
import type { DrawState } from "@/lib/programs/bonus-state";
import type { BonusFacts, PairFacts } from "@/lib/programs/checklist";
import { missingTo, type Spending } from "@/lib/programs/standing";
import type { Terms } from "@/lib/programs/terms";
import { pairReviewOf } from "@/lib/services/reviews/pair-review";

/** Which pairs: a page of a referrer's, newest first; some of them by id; or the one that an account came by. */
export type PairsWanted =
  | { referrer: AccountRef; limit: number; after: string | null }
  | { referrer: AccountRef; ids: readonly string[] }
  | { referred: AccountRef };

/** A referrer and a referred account, with all that what it earns hangs on. */
export interface Pair {
  id: string;
  /** The referred account's name on the platform. */
  account: string;
  signedUpAt: Date;
  program: string;
  version: string;
  terms: Terms;
  /** Where its commission is gathered unless it is held. */
  part: string;
  /** Paid spend inside the commission window. */
  base: ByService;
  wasReached: boolean;
  facts: PairFacts;
  milestone: Milestone | null;
}

/** What both sides get once when the referred account is at the trigger. */
export interface Milestone {
  version: string;
  trigger: Trigger;
  missing: Nanos;
  /** Of each side. */
  amount: { referrer: Nanos; referred: Nanos };
  times: { referrer: number; referred: number };
}

interface Row {
  id: string;
  account: string;
  signed_up_ms: string;
  program: string;
  terms_id: number;
  version: string;
  window_end_ms: string | null;
  void_reason: string | null;
  hold: "held" | "refused" | null;
  hold_reason: string | null;
  hold_said: string | null;
  bonus_eligible: boolean;
  not_eligible: string | null;
  bonus_terms_id: number;
  bonus_reached: boolean;
  spent_pod: string;
  spent_serverless: string;
  spent_storage: string;
  paid_net: string;
  base_pod: string;
  base_serverless: string;
  base_storage: string;
  draw_state: DrawState | null;
  draw_reason: string | null;
  draw_said: string | null;
  posted: boolean | null;
  milestone_terms_id: number | null;
  milestone_version: string | null;
  own_amount: string | null;
  own_times: number | null;
  their_amount: string | null;
  their_times: number | null;
}

/** Reads pairs and what they hang on in one snapshot, newest first. */
export async function readPairs(db: Db, tx: Tx, wanted: PairsWanted, now: Date): Promise<Pair[]> {
  const raw = rawOf(tx);
  const rows = await raw<Row[]>`
    select r.id, a.external_id as account, r.program, r.terms_id, t.version, r.void_reason, r.hold, r.bonus_eligible,
           (extract(epoch from r.window_start) * 1000)::bigint as signed_up_ms,
           (extract(epoch from r.window_end) * 1000)::bigint as window_end_ms,
           pair_review.reason as hold_reason, pair_review.decision_reason as hold_said,
           e.not_eligible, e.terms_id as bonus_terms_id, w.bonus_reached, w.spent_pod, w.spent_serverless,
           w.spent_storage, w.paid_net, w.base_pod, w.base_serverless, w.base_storage, d.state as draw_state,
           d.held_reason as draw_reason, bonus_review.decision_reason as draw_said, b.posted,
           r.milestone_terms_id, mt.version as milestone_version, own.amount as own_amount, own.times as own_times,
           their.amount as their_amount, their.times as their_times
      from (select * from referrals r where ${chosen(raw, wanted)} order by r.id desc
             limit ${"limit" in wanted ? raw.unsafe(String(Math.trunc(wanted.limit))) : null}) r
      join accounts a on a.lane = r.lane and a.id = r.referred_id
      join wallets w on w.lane = r.lane and w.account_id = r.referred_id
      join enrolments e on e.lane = r.lane and e.account_id = r.referred_id
      join terms t on t.id = r.terms_id
      left join terms mt on mt.id = r.milestone_terms_id
      left join draws d on d.lane = r.lane and d.id = r.id
      left join rewards b on b.lane = r.referrer_lane and b.account_id = r.referrer_id and b.id = r.id
      left join rewards own on own.lane = r.lane and own.account_id = r.referred_id and own.id = r.milestone_id
      left join rewards their on r.milestone_id is not null and their.kind = 'milestone'
            and their.trigger_id = r.referred_id and their.account_id = r.referrer_id and their.lane = r.referrer_lane
      left join lateral (${pairReviewOf(raw)}) pair_review on r.hold is not null
      left join lateral (
        select v.decision_reason from reviews v
         where v.kind = 'bonus' and v.subject_id = r.id and v.state = 'refused'
         order by v.decided_at desc limit 1) bonus_review on d.state = 'held'
     order by r.id desc`;
  const book = termsBook(db);
  await book.loadIds(
    raw,
    rows.flatMap((row) => [row.terms_id, row.bonus_terms_id, row.milestone_terms_id ?? row.terms_id]),
  );
  return rows.map((row) => toPair(row, book, now));
}

function chosen(raw: TransactionSql, wanted: PairsWanted) {
  if ("referred" in wanted) {
    return raw`r.lane = ${wanted.referred.lane} and r.referred_id = ${wanted.referred.id}`;
  }
  const ofReferrer = raw`r.referrer_id = ${wanted.referrer.id}`;
  if ("ids" in wanted) return raw`${ofReferrer} and r.id = any(${[...wanted.ids]}::uuid[])`;
  return wanted.after === null ? ofReferrer : raw`${ofReferrer} and r.id < ${wanted.after}`;
}

const byService = (pod: string, serverless: string, storage: string): ByService => ({
  pod: BigInt(pod) as Nanos,
  serverless: BigInt(serverless) as Nanos,
  storage: BigInt(storage) as Nanos,
});

function toPair(row: Row, book: ReturnType<typeof termsBook>, now: Date): Pair {
  const spent = byService(row.spent_pod, row.spent_serverless, row.spent_storage);
  const spending = { spent, paidNet: BigInt(row.paid_net) as Nanos };
  return {
    id: row.id,
    account: row.account,
    signedUpAt: new Date(Number(row.signed_up_ms)),
    program: row.program,
    version: row.version,
    terms: book.get(row.terms_id),
    part: commissionPart(book, row.terms_id),
    base: byService(row.base_pod, row.base_serverless, row.base_storage),
    wasReached: row.bonus_reached,
    facts: {
      voidReason: row.void_reason,
      hold: row.hold && { state: row.hold, reason: row.hold_reason, said: row.hold_said },
      windowEndMs: row.window_end_ms === null ? null : Number(row.window_end_ms),
      nowMs: now.getTime(),
      isSpending: spent.pod + spent.serverless + spent.storage > 0n,
      provenance: provenanceOf(book.get(row.terms_id)),
      bonus: bonusFacts(row, book, spending),
    },
    milestone: milestoneOf(row, book, spending),
  };
}

function provenanceOf(terms: Terms): Provenance {
  if (!("commission" in terms)) throw new Error(`${terms.program} pays no commission, yet a referral is pinned to it`);
  return terms.commission.provenance;
}

/** Only the terms that give the referrer a bonus have one on its way. */
function bonusFacts(row: Row, book: ReturnType<typeof termsBook>, spending: Spending): BonusFacts | null {
  if (row.program !== "referral") return null;
  const trigger = book.bonusTrigger(row.bonus_terms_id);
  const missing = missingTo(spending, trigger);
  if (missing === null) return null;
  return {
    notEligible: row.bonus_eligible ? null : (row.not_eligible ?? "imported"),
    draw: row.draw_state && { state: row.draw_state, heldReason: row.draw_reason },
    isPosted: row.posted,
    hold: row.hold && { state: row.hold, reason: row.hold_reason },
    bonusesMax: book.bonusesMax(row.terms_id),
    asksForSignIn: book.signIns(row.bonus_terms_id) !== null,
    trigger: trigger.kind,
    wasReached: row.bonus_reached,
    missing,
    said: row.draw_said,
  };
}

function milestoneOf(row: Row, book: ReturnType<typeof termsBook>, spending: Spending): Milestone | null {
  if (row.milestone_terms_id === null || row.milestone_version === null) return null;
  const trigger = book.milestoneTrigger(row.milestone_terms_id);
  const missing = missingTo(spending, trigger);
  if (missing === null) return null;
  return {
    version: row.milestone_version,
    trigger,
    missing,
    amount: { referred: BigInt(row.own_amount ?? 0) as Nanos, referrer: BigInt(row.their_amount ?? 0) as Nanos },
    times: { referred: row.own_times ?? 0, referrer: row.their_times ?? 0 },
  };
}

import type { AccountPins, Reward, Trigger } from "@/lib/programs/account";
import { type PackedRow, packedQuery, placesOf } from "./packed-rows";
import type { TermsBook } from "./terms-book";
import type { LockedWallet, ReferralPin } from "./wallet";

const columns = {
  accountId: "e.account_id",
  enrolmentId: "e.id",
  bonusProgram: "e.program",
  bonusTermsId: "e.terms_id",
  notEligible: "e.not_eligible",
  referralId: "r.id",
  referrerLane: "r.referrer_lane",
  referrerId: "r.referrer_id",
  referralProgram: "r.program",
  referralTermsId: "r.terms_id",
  windowEndMs: "(extract(epoch from r.window_end) * 1000)::bigint",
  voidReason: "r.void_reason",
  bonusEligible: "r.bonus_eligible",
  hold: "r.hold",
  drawnAmount: "b.amount",
  drawnPosted: "b.posted",
  drawnTimes: "b.times",
  milestoneId: "m.id",
  milestoneTermsId: "r.milestone_terms_id",
  milestoneAmount: "m.amount",
  milestonePosted: "m.posted",
  milestoneTimes: "m.times",
};

type PinRow = PackedRow<keyof typeof columns>;
export const pinPlaces = placesOf(columns);

/** What accounts are pinned to, and their own rewards. Nothing of it changes while their wallets are locked. */
export const pinsStatement = packedQuery(
  columns,
  `from unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id)
   join enrolments e on e.lane = wanted.lane and e.account_id = wanted.account_id
   left join referrals r on r.lane = e.lane and r.referred_id = e.account_id
   left join rewards b on b.lane = e.lane and b.account_id = e.account_id and b.id = e.id
   left join rewards m on m.lane = e.lane and m.account_id = e.account_id and m.id = r.milestone_id`,
);

export const termsIdsOf = (row: PinRow): number[] =>
  [row.number("bonusTermsId"), row.number("referralTermsId"), row.number("milestoneTermsId")].flatMap((id) => id ?? []);

/** @param book knows the terms of `termsIdsOf` */
export function pinsOf(row: PinRow, book: TermsBook): Omit<AccountPins, "clusters"> {
  const bonusTermsId = Number(row.text("bonusTermsId"));
  const referralTermsId = row.number("referralTermsId");
  const milestoneTermsId = row.number("milestoneTermsId");
  return {
    accountId: row.text("accountId"),
    bonusTrigger: row.text("notEligible") === "" ? trigger(book, bonusTermsId) : null,
    milestoneTrigger: milestoneTermsId === null ? null : book.milestoneTrigger(milestoneTermsId),
    commission:
      referralTermsId !== null && earns(row)
        ? { windowEndMs: row.number("windowEndMs"), rates: book.commissionRates(referralTermsId) }
        : null,
  };
}

export function enrolmentOf(row: PinRow): LockedWallet["enrolment"] {
  return {
    id: row.text("enrolmentId"),
    program: row.text("bonusProgram") === "referral" ? "referral" : "signup-bonus",
    termsId: Number(row.text("bonusTermsId")),
    notEligible: row.text("notEligible") || null,
  };
}

/** Null where nobody earns on this account. */
export function referralOf(row: PinRow): ReferralPin | null {
  if (!earns(row)) return null;
  const hold = row.text("hold");
  return {
    id: row.text("referralId"),
    referrer: { lane: Number(row.text("referrerLane")), id: row.text("referrerId") },
    program: row.text("referralProgram"),
    termsId: Number(row.text("referralTermsId")),
    bonusEligible: row.flag("bonusEligible"),
    hasMilestone: row.text("milestoneId") !== "",
    hold: hold === "held" || hold === "refused" ? hold : null,
  };
}

export function bonusOf(row: PinRow): Reward | null {
  if (row.text("drawnAmount") === "") return null;
  return {
    id: row.text("enrolmentId"),
    amount: row.nanos("drawnAmount"),
    bucket: "promo",
    posted: row.flag("drawnPosted"),
    times: Number(row.text("drawnTimes")),
  };
}

export function milestoneOf(row: PinRow): Reward | null {
  const id = row.text("milestoneId");
  if (id === "") return null;
  return {
    id,
    amount: row.nanos("milestoneAmount"),
    bucket: "earned",
    posted: row.flag("milestonePosted"),
    times: Number(row.text("milestoneTimes")),
  };
}

const earns = (row: PinRow): boolean => row.text("referralId") !== "" && row.text("voidReason") === "";

function trigger(book: TermsBook, termsId: number): Trigger | null {
  const amount = book.bonusTrigger(termsId);
  return amount === null ? null : { amount, service: null };
}

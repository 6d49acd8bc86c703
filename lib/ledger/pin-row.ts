import type { AccountPins, PairHold, Reward } from "@/lib/programs/account";
import { commissionPart } from "./commission-part";
import { Packed, placesOf } from "./packed-rows";
import type { TermsBook } from "./terms-book";
import type { LockedWallet, ReferralPin } from "./wallet";

/** In the order in which the database's function `wallet_pins` writes them. */
const pinPlaces = placesOf([
  "enrolmentId",
  "bonusProgram",
  "bonusTermsId",
  "notEligible",
  "referralId",
  "referrerLane",
  "referrerId",
  "referralProgram",
  "referralTermsId",
  "windowEndMs",
  "voidReason",
  "bonusEligible",
  "hold",
  "drawnAmount",
  "drawnPosted",
  "drawnTimes",
  "milestoneId",
  "milestoneTermsId",
  "milestoneAmount",
  "milestonePosted",
  "milestoneTimes",
  "drawnHeld",
  "drawnExpired",
  "milestoneHeld",
  "milestoneExpired",
]);

export type PinRow = Packed<keyof typeof pinPlaces>;

/** What an account is pinned to, and its own rewards, as its wallet carries them. */
export const readPins = (pins: string): PinRow => new Packed(pins.split("|"), pinPlaces);

/** Adds the terms it is pinned to. */
export function addTermsIds(row: PinRow, ids: Set<number>): void {
  for (const name of ["bonusTermsId", "referralTermsId", "milestoneTermsId"] as const) {
    const id = row.number(name);
    if (id !== null) ids.add(id);
  }
}

/** @param book knows the terms of `addTermsIds` */
export function pinsOf(row: PinRow, book: TermsBook): Omit<AccountPins, "accountId" | "clusters"> {
  const bonusTermsId = Number(row.text("bonusTermsId"));
  const referralTermsId = row.number("referralTermsId");
  const milestoneTermsId = row.number("milestoneTermsId");
  return {
    bonusTrigger: row.text("notEligible") === "" ? book.bonusTrigger(bonusTermsId) : null,
    milestoneTrigger: milestoneTermsId === null ? null : book.milestoneTrigger(milestoneTermsId),
    hold: holdOf(row),
    commission:
      referralTermsId !== null && earns(row)
        ? {
            windowEndMs: row.number("windowEndMs"),
            rates: book.commissionRates(referralTermsId),
            provenance: book.commissionProvenance(referralTermsId),
          }
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
export function referralOf(row: PinRow, book: TermsBook): ReferralPin | null {
  if (!earns(row)) return null;
  return {
    id: row.text("referralId"),
    referrer: { lane: Number(row.text("referrerLane")), id: row.text("referrerId") },
    program: row.text("referralProgram"),
    termsId: Number(row.text("referralTermsId")),
    bonusEligible: row.flag("bonusEligible"),
    hasMilestone: row.text("milestoneId") !== "",
    part: commissionPart(book, Number(row.text("referralTermsId"))),
    hold: holdOf(row),
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
    held: row.flag("drawnHeld"),
    expired: row.nanos("drawnExpired"),
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
    held: row.flag("milestoneHeld"),
    expired: row.nanos("milestoneExpired"),
  };
}

function holdOf(row: PinRow): PairHold | null {
  const hold = row.text("hold");
  return hold === "held" || hold === "refused" ? hold : null;
}

const earns = (row: PinRow): boolean => row.text("referralId") !== "" && row.text("voidReason") === "";

import type { Nanos } from "@/lib/money/nanos";
import type { ByService, Reward, Trigger } from "@/lib/programs/account";
import { membershipsOf, readMemberships } from "./memberships";
import { packedQuery, placesOf } from "./packed-rows";
import type { TermsBook } from "./terms-book";
import type { LockedWallet, ReferralPin, WalletState } from "./wallet";

const columns = {
  lane: "w.lane",
  accountId: "w.account_id",
  seq: "w.seq",
  promo: "w.promo",
  promoHeld: "w.promo_held",
  earned: "w.earned",
  market: "w.market",
  paidNet: "w.paid_net",
  debt: "w.debt",
  reserved: "w.reserved",
  deposited: "w.deposited",
  chargedPod: "w.charged_pod",
  chargedServerless: "w.charged_serverless",
  chargedStorage: "w.charged_storage",
  spentPod: "w.spent_pod",
  spentServerless: "w.spent_serverless",
  spentStorage: "w.spent_storage",
  basePod: "w.base_pod",
  baseServerless: "w.base_serverless",
  baseStorage: "w.base_storage",
  openDay: "w.open_day - date '1970-01-01'",
  dayEvents: "w.day_events",
  dayPod: "w.day_pod",
  dayServerless: "w.day_serverless",
  dayStorage: "w.day_storage",
  bonusReached: "w.bonus_reached",
  closed: "w.closed",
  memberships: membershipsOf("w"),
  isStale: "w.xmin <> (select s.xmin from wallets s where s.lane = w.lane and s.account_id = w.account_id)",
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

/** Reads and locks wallets, in the one order everybody uses. */
export const lockStatement = packedQuery(
  columns,
  `from wallets w
   join enrolments e on e.lane = w.lane and e.account_id = w.account_id
   left join referrals r on r.lane = w.lane and r.referred_id = w.account_id
   left join rewards b on b.lane = w.lane and b.account_id = w.account_id and b.id = e.id
   left join rewards m on m.lane = w.lane and m.account_id = w.account_id and m.id = r.milestone_id
   join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id)
     on wanted.lane = w.lane and wanted.account_id = w.account_id
  order by w.lane, w.account_id
    for update of w`,
);

const place = placesOf(columns);

/** One row of the lock statement, by name. Null is empty. */
export class WalletRow {
  readonly #values: readonly string[];

  constructor(values: readonly string[]) {
    this.#values = values;
  }

  /**
   * Whether the wallet changed while its lock was waited for. Postgres then gives its new row, but joins to it what
   * stood elsewhere when the statement began: its referral, its rewards, its clusters.
   */
  get isStale(): boolean {
    return this.#flag("isStale");
  }

  /** The terms it is pinned to. */
  get termsIds(): number[] {
    return [this.#bonusTermsId, this.#number("referralTermsId"), this.#number("milestoneTermsId")].flatMap(
      (id) => id ?? [],
    );
  }

  toWallet(book: TermsBook): LockedWallet {
    const account = { lane: Number(this.#text("lane")), id: this.#text("accountId") };
    const referralTermsId = this.#number("referralTermsId");
    const milestoneTermsId = this.#number("milestoneTermsId");
    const earns = referralTermsId !== null && this.#text("voidReason") === "";
    const notEligible = this.#text("notEligible") || null;
    return {
      account,
      closed: this.#flag("closed"),
      state: this.#state(),
      pins: {
        accountId: account.id,
        bonusTrigger: notEligible === null ? trigger(book.bonusTrigger(this.#bonusTermsId)) : null,
        milestoneTrigger: milestoneTermsId === null ? null : book.milestoneTrigger(milestoneTermsId),
        commission: earns
          ? { windowEndMs: this.#number("windowEndMs"), rates: book.commissionRates(referralTermsId) }
          : null,
        clusters: readMemberships(this.#text("memberships")),
      },
      enrolment: {
        id: this.#text("enrolmentId"),
        program: this.#text("bonusProgram") === "referral" ? "referral" : "signup-bonus",
        termsId: this.#bonusTermsId,
        notEligible,
      },
      referral: earns ? this.#referral(referralTermsId) : null,
    };
  }

  #state(): WalletState {
    return {
      seq: BigInt(this.#text("seq")),
      promo: this.#nanos("promo"),
      promoHeld: this.#nanos("promoHeld"),
      earned: this.#nanos("earned"),
      market: this.#nanos("market"),
      paidNet: this.#nanos("paidNet"),
      debt: this.#nanos("debt"),
      reserved: this.#nanos("reserved"),
      deposited: this.#nanos("deposited"),
      charged: this.#byService("chargedPod", "chargedServerless", "chargedStorage"),
      spent: this.#byService("spentPod", "spentServerless", "spentStorage"),
      base: this.#byService("basePod", "baseServerless", "baseStorage"),
      openDay: this.#number("openDay"),
      openDayTotals: {
        events: Number(this.#text("dayEvents")),
        charged: this.#byService("dayPod", "dayServerless", "dayStorage"),
      },
      bonusReached: this.#flag("bonusReached"),
      bonus: this.#bonus(),
      milestone: this.#milestone(),
    };
  }

  #bonus(): Reward | null {
    if (this.#text("drawnAmount") === "") return null;
    return {
      id: this.#text("enrolmentId"),
      amount: this.#nanos("drawnAmount"),
      bucket: "promo",
      posted: this.#flag("drawnPosted"),
      times: Number(this.#text("drawnTimes")),
    };
  }

  #milestone(): Reward | null {
    const id = this.#text("milestoneId");
    if (id === "") return null;
    return {
      id,
      amount: this.#nanos("milestoneAmount"),
      bucket: "earned",
      posted: this.#flag("milestonePosted"),
      times: Number(this.#text("milestoneTimes")),
    };
  }

  #referral(termsId: number): ReferralPin {
    const hold = this.#text("hold");
    return {
      id: this.#text("referralId"),
      referrer: { lane: Number(this.#text("referrerLane")), id: this.#text("referrerId") },
      program: this.#text("referralProgram"),
      termsId,
      bonusEligible: this.#flag("bonusEligible"),
      hasMilestone: this.#text("milestoneId") !== "",
      hold: hold === "held" || hold === "refused" ? hold : null,
    };
  }

  get #bonusTermsId(): number {
    return Number(this.#text("bonusTermsId"));
  }

  #text(name: keyof typeof columns): string {
    return this.#values[place[name]] ?? "";
  }

  #number(name: keyof typeof columns): number | null {
    const text = this.#text(name);
    return text === "" ? null : Number(text);
  }

  #nanos(name: keyof typeof columns): Nanos {
    return BigInt(this.#text(name)) as Nanos;
  }

  #flag(name: keyof typeof columns): boolean {
    return this.#text(name) === "t";
  }

  #byService(pod: keyof typeof columns, serverless: keyof typeof columns, storage: keyof typeof columns): ByService {
    return { pod: this.#nanos(pod), serverless: this.#nanos(serverless), storage: this.#nanos(storage) };
  }
}

const trigger = (total: Nanos | null): Trigger | null => (total === null ? null : { amount: total, service: null });

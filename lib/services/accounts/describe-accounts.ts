import { type Db, rawOf } from "@/db/client";
import { arrayLiteral } from "@/lib/ledger/sql-arrays";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Accrual } from "@/lib/money/accrual";
import { accrualText, amountText } from "@/lib/money/format";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import { arrearsOf, paidOf, type Trigger, totalOf } from "@/lib/programs/account";
import { type BonusState, bonusStateOf } from "@/lib/programs/bonus-state";
import { queueSentence } from "@/lib/programs/hold-words";
import { progressTo } from "@/lib/programs/standing";
import { isQueueReason } from "@/lib/programs/suspicion";
import { pairReviewOf } from "@/lib/services/reviews/pair-review";

interface Row extends Record<string, unknown> {
  lane: number;
  id: string;
  external_id: string;
  signed_up_ms: string;
  status: "active" | "held" | "closed";
  referral_code: string;
  referred_by: string | null;
  bonus_program: "signup-bonus" | "referral";
  bonus_terms_id: number;
  enrolment_id: string;
  not_eligible: string | null;
  draw_state: "due" | "held" | "queued" | "bound" | "drawn" | null;
  draw_amount: string | null;
  bonus_posted: boolean | null;
  draw_held_reason: string | null;
  pair_hold: "held" | "refused" | null;
  pair_reason: string | null;
  followed: string;
  signed_up: string;
  spending: string;
  qualified: string;
  promo: string;
  promo_held: string;
  earned: string;
  market: string;
  paid_net: string;
  debt: string;
  reserved: string;
  deposited: string;
  charged_pod: string;
  charged_serverless: string;
  charged_storage: string;
  spent_pod: string;
  spent_serverless: string;
  spent_storage: string;
}

interface EarningRow {
  account_id: string;
  royalty: boolean;
  accrued: string;
  pending: string;
  released: string;
}

interface DrawRow {
  beneficiary_id: string;
  id: string;
  amount: string | null;
  posted: boolean | null;
  held: boolean | null;
}

/** What of rewards stands, in nano-dollars: posted, and of that not spendable yet. */
interface Standing {
  posted: Nanos;
  held: Nanos;
}

/** An account as the machine API shows it. Amounts are exact decimal dollars. */
export type AccountView = ReturnType<typeof view>;

/** Describes accounts, in the order given, from one snapshot. */
export async function describeAccounts(db: Db, refs: readonly AccountRef[]): Promise<AccountView[]> {
  if (refs.length === 0) return [];
  const lanes = arrayLiteral(refs.map(({ lane }) => lane));
  const ids = arrayLiteral(refs.map(({ id }) => id));
  return db.transaction(
    async (tx) => {
      const raw = rawOf(tx);
      const [rows, earnings, draws] = await Promise.all([
        raw<Row[]>`
          select a.lane, a.id, a.external_id, a.status, a.referral_code, w.*, e.program as bonus_program,
                 (extract(epoch from a.signed_up_at) * 1000)::bigint as signed_up_ms,
                 e.terms_id as bonus_terms_id, e.id as enrolment_id, e.not_eligible, d.state as draw_state,
                 d.amount as draw_amount, b.posted as bonus_posted, d.held_reason as draw_held_reason, ra.external_id as referred_by,
                 (select coalesce(sum(f.count), 0) from referral_codes c join link_follows f on f.code = c.code
                   where c.account_id = a.id) as followed,
                 r.hold as pair_hold, pair_review.reason as pair_reason, stages.*
            from unnest(${lanes}::smallint[], ${ids}::uuid[]) with ordinality as u (lane, id, place)
            join accounts a on a.lane = u.lane and a.id = u.id
            join wallets w on w.lane = a.lane and w.account_id = a.id
            join enrolments e on e.lane = a.lane and e.account_id = a.id
            left join draws d on d.lane = e.lane and d.id = e.id
            left join rewards b on b.lane = a.lane and b.account_id = a.id and b.id = e.id
            left join referrals r on r.lane = a.lane and r.referred_id = a.id
            left join accounts ra on ra.lane = r.referrer_lane and ra.id = r.referrer_id
            left join lateral (${pairReviewOf(raw)}) pair_review on r.hold is not null
            cross join lateral (
              select coalesce(sum(g.signed_up), 0) as signed_up, coalesce(sum(g.spending), 0) as spending,
                     coalesce(sum(g.qualified), 0) as qualified
                from referrer_gathered g where g.lane = a.lane and g.referrer_id = a.id) stages
           order by u.place`,
        raw<EarningRow[]>`
          select account_id, program = 'template-beta' as royalty, sum(accrued) as accrued, sum(pending) as pending,
                 sum(released) as released
            from (select account_id, program, accrued, pending, released from earnings
                   where account_id = any(${ids}::uuid[])
                   union all
                  select beneficiary_id, program, accrual, 0, 0 from accrual_outbox
                   where beneficiary_id = any(${ids}::uuid[])) owed
           group by 1, 2`,
        raw<DrawRow[]>`
          select d.beneficiary_id, d.id, d.amount, b.posted, b.held from draws d
            left join rewards b on b.lane = d.beneficiary_lane and b.account_id = d.beneficiary_id and b.id = d.id
           where d.beneficiary_id = any(${ids}::uuid[]) and d.kind = 'referral' order by d.due_at`,
      ]);
      const milestones = await raw<{ account_id: string; posted: string; held: string }[]>`
        select account_id, sum(amount) as posted, coalesce(sum(amount) filter (where held), 0) as held from rewards
         where account_id = any(${ids}::uuid[]) and kind = 'milestone' and posted group by 1`;
      const book = termsBook(db);
      await book.loadIds(
        raw,
        rows.map(({ bonus_terms_id }) => bonus_terms_id),
      );
      return rows.map((row) =>
        view(row, {
          trigger: book.bonusTrigger(row.bonus_terms_id),
          earnings: earnings.filter(({ account_id }) => account_id === row.id),
          draws: draws.filter(({ beneficiary_id }) => beneficiary_id === row.id),
          milestones: standingOf(milestones.find(({ account_id }) => account_id === row.id)),
        }),
      );
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

const amount = (text: string): Nanos => BigInt(text) as Nanos;
const shown = (text: string): string => amountText(amount(text));

function view(
  row: Row,
  {
    trigger,
    earnings,
    draws,
    milestones,
  }: {
    trigger: Trigger;
    earnings: readonly EarningRow[];
    draws: readonly DrawRow[];
    milestones: Standing;
  },
) {
  const paidNet = amount(row.paid_net);
  const spendable = amount(row.promo) + amount(row.earned) + amount(row.market) + paidNet - amount(row.reserved);
  const charged = amount(row.charged_pod) + amount(row.charged_serverless) + amount(row.charged_storage);
  const spent = {
    pod: amount(row.spent_pod),
    serverless: amount(row.spent_serverless),
    storage: amount(row.spent_storage),
  };
  const referralBonuses = draws.reduce<Standing>(addStanding, { posted: ZERO, held: ZERO });
  return {
    externalId: row.external_id,
    signedUpAt: new Date(Number(row.signed_up_ms)).toISOString(),
    status: row.status,
    referralCode: row.referral_code,
    referredBy: row.referred_by,
    wallet: {
      promo: shown(row.promo),
      promoHeld: shown(row.promo_held),
      earned: shown(row.earned),
      market: shown(row.market),
      paid: amountText(paidOf(paidNet)),
      arrears: amountText(arrearsOf(paidNet)),
      debt: shown(row.debt),
      reserved: shown(row.reserved),
      available: amountText((spendable > 0n ? spendable : 0n) as Nanos),
    },
    lifetime: {
      deposited: shown(row.deposited),
      charged: amountText(charged as Nanos),
      byService: {
        pod: shown(row.charged_pod),
        serverless: shown(row.charged_serverless),
        storage: shown(row.charged_storage),
      },
      paidSpend: amountText(totalOf(spent)),
      paidByService: {
        pod: shown(row.spent_pod),
        serverless: shown(row.spent_serverless),
        storage: shown(row.spent_storage),
      },
    },
    bonus: {
      program: row.bonus_program,
      ...bonusState(row),
      progress: amountText(progressTo({ spent, paidNet }, trigger)),
      trigger: amountText(trigger.amount),
      amount: row.draw_amount === null ? null : shown(row.draw_amount),
      drawId: row.enrolment_id,
    },
    earnings: {
      commission: earned(earnings.find(({ royalty }) => !royalty)),
      royalty: earned(earnings.find(({ royalty }) => royalty)),
      milestones: earnedBy(milestones),
      referralBonuses: { ...earnedBy(referralBonuses), draws: draws.map(({ id }) => id) },
    },
    referrals: {
      followed: Number(row.followed),
      signedUp: Number(row.signed_up),
      spending: Number(row.spending),
      qualified: Number(row.qualified),
    },
  };
}

const standingOf = (row: { posted: string; held: string } | undefined): Standing => ({
  posted: amount(row?.posted ?? "0"),
  held: amount(row?.held ?? "0"),
});

function addStanding(sum: Standing, draw: DrawRow): Standing {
  if (!draw.posted || draw.amount === null) return sum;
  const drawn = amount(draw.amount);
  return { posted: nanos(sum.posted + drawn), held: draw.held ? nanos(sum.held + drawn) : sum.held };
}

/** What is held is visible, and pending until it is released. */
const earnedBy = ({ posted, held }: Standing) => ({
  accrued: amountText(posted),
  pending: amountText(held),
  released: amountText(nanos(posted - held)),
});

/** Where the account's bonus is, and why; what the queue waits for is told in a sentence. */
function bonusState(row: Row): { state: BonusState; reason: string | null } {
  const draw = row.draw_state && { state: row.draw_state, heldReason: row.draw_held_reason };
  const hold = row.pair_hold && { state: row.pair_hold, reason: row.pair_reason };
  const { state, reason } = bonusStateOf({ draw, isPosted: row.bonus_posted, notEligible: row.not_eligible, hold });
  return { state, reason: isQueueReason(reason) ? queueSentence(reason) : reason };
}

const earned = (row: EarningRow | undefined) => ({
  accrued: accrualText((row ? BigInt(row.accrued) : 0n) as Accrual),
  pending: shown(row?.pending ?? "0"),
  released: shown(row?.released ?? "0"),
});

import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import type { AccountPins, AccountState, ByService, Trigger } from "@/lib/programs/account";
import { balanceChange, type Code } from "./chart";
import { membershipsOf, readMemberships } from "./memberships";
import { arrayLiteral } from "./sql-arrays";
import type { TermsBook } from "./terms-book";

/** Where an account lives: its lane and its id. */
export interface AccountRef {
  lane: number;
  id: string;
}

export interface WalletState extends AccountState {
  promoHeld: Nanos;
  reserved: Nanos;
  /** Money in, gross, lifetime. */
  deposited: Nanos;
}

export interface ReferralPin {
  id: string;
  referrer: AccountRef;
  program: string;
  termsId: number;
  bonusEligible: boolean;
  hasMilestone: boolean;
  /** While held, what the pair accrues is kept apart; refused, it accrues nothing. */
  hold: "held" | "refused" | null;
}

/** A wallet whose row lock this transaction holds: its numbers may be read, decided on, and changed. */
export interface LockedWallet {
  account: AccountRef;
  state: WalletState;
  pins: AccountPins;
  enrolment: { id: string; program: "signup-bonus" | "referral"; termsId: number; notEligible: string | null };
  referral: ReferralPin | null;
  closed: boolean;
}

interface WalletRow {
  lane: number;
  account_id: string;
  seq: string;
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
  base_pod: string;
  base_serverless: string;
  base_storage: string;
  bonus_reached: boolean;
  closed: boolean;
  enrolment_id: string;
  bonus_program: "signup-bonus" | "referral";
  bonus_terms_id: number;
  not_eligible: string | null;
  referral_id: string | null;
  referrer_lane: number;
  referrer_id: string;
  referral_program: string;
  referral_terms_id: number;
  window_end_ms: string | null;
  void_reason: string | null;
  bonus_eligible: boolean;
  hold: "held" | "refused" | null;
  memberships: string | null;
  drawn_amount: string | null;
  drawn_posted: boolean;
  drawn_times: number;
  milestone_id: string | null;
  milestone_terms_id: number | null;
  milestone_amount: string;
  milestone_posted: boolean;
  milestone_times: number;
}

const lockStatement = `
  select w.*, e.id as enrolment_id, e.program as bonus_program, e.terms_id as bonus_terms_id, e.not_eligible,
         r.id as referral_id, r.referrer_lane, r.referrer_id, r.program as referral_program,
         r.terms_id as referral_terms_id, (extract(epoch from r.window_end) * 1000)::bigint as window_end_ms,
         r.void_reason, r.bonus_eligible, r.hold, ${membershipsOf("w")} as memberships,
         b.amount as drawn_amount, b.posted as drawn_posted, b.times as drawn_times,
         m.id as milestone_id, r.milestone_terms_id, m.amount as milestone_amount, m.posted as milestone_posted,
         m.times as milestone_times
    from wallets w
    join enrolments e on e.lane = w.lane and e.account_id = w.account_id
    left join referrals r on r.lane = w.lane and r.referred_id = w.account_id
    left join rewards b on b.lane = w.lane and b.account_id = w.account_id and b.id = e.id
    left join rewards m on m.lane = w.lane and m.account_id = w.account_id and m.id = r.milestone_id
    join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id)
      on wanted.lane = w.lane and wanted.account_id = w.account_id
   order by w.lane, w.account_id
     for update of w`;

/**
 * Locks the wallets of `accounts` in the one order everybody uses (lane, account) and reads them.
 * Accounts that do not exist are absent from the answer.
 */
export async function lockWallets(
  raw: TransactionSql,
  book: TermsBook,
  accounts: readonly AccountRef[],
): Promise<Map<string, LockedWallet>> {
  const rows = await raw.unsafe<WalletRow[]>(
    lockStatement,
    [arrayLiteral(accounts.map(({ lane }) => lane)), arrayLiteral(accounts.map(({ id }) => id))],
    { prepare: true },
  );
  await book.load(raw, rows);
  return new Map(rows.map((row) => [row.account_id, fromRow(row, book)]));
}

const amount = (text: string): Nanos => BigInt(text) as Nanos;

const trigger = (total: Nanos | null): Trigger | null => (total === null ? null : { amount: total, service: null });

const byService = (pod: string, serverless: string, storage: string): ByService => ({
  pod: amount(pod),
  serverless: amount(serverless),
  storage: amount(storage),
});

function fromRow(row: WalletRow, book: TermsBook): LockedWallet {
  const earns = row.referral_id !== null && row.void_reason === null;
  return {
    account: { lane: row.lane, id: row.account_id },
    closed: row.closed,
    state: {
      seq: BigInt(row.seq),
      promo: amount(row.promo),
      promoHeld: amount(row.promo_held),
      earned: amount(row.earned),
      market: amount(row.market),
      paidNet: amount(row.paid_net),
      debt: amount(row.debt),
      reserved: amount(row.reserved),
      deposited: amount(row.deposited),
      charged: byService(row.charged_pod, row.charged_serverless, row.charged_storage),
      spent: byService(row.spent_pod, row.spent_serverless, row.spent_storage),
      base: byService(row.base_pod, row.base_serverless, row.base_storage),
      bonusReached: row.bonus_reached,
      bonus:
        row.drawn_amount === null
          ? null
          : {
              id: row.enrolment_id,
              amount: amount(row.drawn_amount),
              bucket: "promo",
              posted: row.drawn_posted,
              times: row.drawn_times,
            },
      milestone:
        row.milestone_id === null
          ? null
          : {
              id: row.milestone_id,
              amount: amount(row.milestone_amount),
              bucket: "earned",
              posted: row.milestone_posted,
              times: row.milestone_times,
            },
    },
    pins: {
      accountId: row.account_id,
      bonusTrigger: row.not_eligible === null ? trigger(book.bonusTrigger(row.bonus_terms_id)) : null,
      milestoneTrigger: row.milestone_terms_id === null ? null : book.milestoneTrigger(row.milestone_terms_id),
      commission: earns
        ? {
            windowEndMs: row.window_end_ms === null ? null : Number(row.window_end_ms),
            rates: book.commissionRates(row.referral_terms_id),
          }
        : null,
      clusters: readMemberships(row.memberships),
    },
    enrolment: {
      id: row.enrolment_id,
      program: row.bonus_program,
      termsId: row.bonus_terms_id,
      notEligible: row.not_eligible,
    },
    referral:
      row.referral_id !== null && earns
        ? {
            id: row.referral_id,
            referrer: { lane: row.referrer_lane, id: row.referrer_id },
            program: row.referral_program,
            termsId: row.referral_terms_id,
            bonusEligible: row.bonus_eligible,
            hasMilestone: row.milestone_id !== null,
            hold: row.hold,
          }
        : null,
  };
}

const saveStatement = `
  update wallets w
     set seq = u.seq, promo = u.promo, promo_held = u.promo_held, earned = u.earned, market = u.market,
         paid_net = u.paid_net, debt = u.debt, reserved = u.reserved, deposited = u.deposited,
         charged_pod = u.charged_pod, charged_serverless = u.charged_serverless, charged_storage = u.charged_storage,
         spent_pod = u.spent_pod, spent_serverless = u.spent_serverless, spent_storage = u.spent_storage,
         base_pod = u.base_pod, base_serverless = u.base_serverless, base_storage = u.base_storage,
         bonus_reached = u.bonus_reached, touched_at = $22::timestamptz
    from unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
                $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::boolean[])
         as u (lane, account_id, seq, promo, promo_held, earned, market, paid_net, debt, reserved, deposited,
               charged_pod, charged_serverless, charged_storage, spent_pod, spent_serverless, spent_storage,
               base_pod, base_serverless, base_storage, bonus_reached)
   where w.lane = u.lane and w.account_id = u.account_id`;

/** Writes back wallets that this transaction locked and changed. */
export async function saveWallets(raw: TransactionSql, wallets: readonly LockedWallet[], at: Date): Promise<void> {
  if (wallets.length === 0) return;
  const column = (read: (wallet: LockedWallet) => bigint | number | string | boolean) =>
    arrayLiteral(wallets.map(read));
  const saved = await raw.unsafe(
    saveStatement,
    [
      column(({ account }) => account.lane),
      column(({ account }) => account.id),
      column(({ state }) => state.seq),
      column(({ state }) => state.promo),
      column(({ state }) => state.promoHeld),
      column(({ state }) => state.earned),
      column(({ state }) => state.market),
      column(({ state }) => state.paidNet),
      column(({ state }) => state.debt),
      column(({ state }) => state.reserved),
      column(({ state }) => state.deposited),
      column(({ state }) => state.charged.pod),
      column(({ state }) => state.charged.serverless),
      column(({ state }) => state.charged.storage),
      column(({ state }) => state.spent.pod),
      column(({ state }) => state.spent.serverless),
      column(({ state }) => state.spent.storage),
      column(({ state }) => state.base.pod),
      column(({ state }) => state.base.serverless),
      column(({ state }) => state.base.storage),
      column(({ state }) => state.bonusReached),
      at.toISOString(),
    ],
    { prepare: true },
  );
  if (saved.count !== wallets.length) throw new Error(`Saved ${saved.count} of ${wallets.length} wallets`);
}

const buckets: Partial<Record<Code, "promo" | "promoHeld" | "earned" | "market" | "paidNet" | "debt">> = {
  promo: "promo",
  "promo.held": "promoHeld",
  earned: "earned",
  market: "market",
  paid: "paidNet",
  debt: "debt",
};

/** Whether the wallet row knows the balance of an account: the customer's buckets, and revenue as what was charged. */
export const isCarriedByWallet = (code: Code): boolean => code in buckets || code.startsWith("revenue.");

/** Postings that bring money in for good; a dispute won only brings back what a chargeback took. */
const depositing = new Set(["deposit", "opening"]);

/** Moves the cached balances as a posting moves the ledger's. The database's CHECKs refuse one below its floor. */
export function moveBalances(
  state: WalletState,
  posting: { kind: string; transfers: readonly { debit: Code; credit: Code; amount: Nanos }[] },
): void {
  for (const transfer of posting.transfers) {
    for (const side of ["debit", "credit"] as const) {
      const bucket = buckets[transfer[side]];
      if (bucket) state[bucket] = (state[bucket] + balanceChange(transfer[side], side, transfer.amount)) as Nanos;
    }
    if (depositing.has(posting.kind) && transfer.credit === "paid") {
      state.deposited = (state.deposited + transfer.amount) as Nanos;
    }
  }
}

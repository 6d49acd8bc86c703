import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import type { AccountPins, AccountState } from "@/lib/programs/account";
import type { Membership } from "@/lib/programs/clusters";
import { type DayNumber, type DayTotals, dayText } from "@/lib/programs/effects";
import { readMemberships } from "./memberships";
import { unpack } from "./packed-rows";
import { addTermsIds, bonusOf, enrolmentOf, milestoneOf, pinsOf, readPins, referralOf } from "./pin-row";
import { arrayLiteral, rowsOf } from "./sql-arrays";
import type { TermsBook } from "./terms-book";
import { lockStatement, stateOf, walletPlaces } from "./wallet-row";

/** Where an account lives: its lane and its id. */
export interface AccountRef {
  lane: number;
  id: string;
}

export interface WalletState extends AccountState {
  reserved: Nanos;
  /** Money in, gross, lifetime. */
  deposited: Nanos;
  /** The day of the latest usage, and its charges, which stay here until a later day begins. */
  openDay: DayNumber | null;
  openDayTotals: DayTotals;
}

export interface ReferralPin {
  id: string;
  referrer: AccountRef;
  program: string;
  termsId: number;
  bonusEligible: boolean;
  hasMilestone: boolean;
  /** Where its commission is gathered; see `commissionPart`. */
  part: string;
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

/**
 * Locks the wallets of `accounts` in the one order everybody uses (lane, account) and reads them.
 * Accounts that do not exist are absent from the answer.
 */
export async function lockWallets(
  raw: TransactionSql,
  book: TermsBook,
  accounts: readonly AccountRef[],
): Promise<Map<string, LockedWallet>> {
  const [answer] = await raw.unsafe<{ packed: string | null }[]>(
    lockStatement,
    [arrayLiteral(accounts.map(({ lane }) => lane)), arrayLiteral(accounts.map(({ id }) => id))],
    { prepare: true },
  );
  const rows = unpack(answer?.packed, walletPlaces).map((row) => ({ row, pin: readPins(row.text("pins")) }));
  const termsIds = new Set<number>();
  for (const { pin } of rows) addTermsIds(pin, termsIds);
  await book.loadIds(raw, [...termsIds]);
  const clusters = await readClusters(
    raw,
    rows.flatMap(({ row }) => (row.text("clusterId") === "" ? [] : row.text("accountId"))),
  );
  const wallets = new Map<string, LockedWallet>();
  for (const { row, pin } of rows) {
    const id = row.text("accountId");
    wallets.set(id, {
      account: { lane: Number(row.text("lane")), id },
      closed: row.flag("closed"),
      state: stateOf(row, { bonus: bonusOf(pin), milestone: milestoneOf(pin) }),
      pins: { accountId: id, ...pinsOf(pin, book), clusters: clusters.get(id) },
      enrolment: enrolmentOf(pin),
      referral: referralOf(pin, book),
    });
  }
  return wallets;
}

/** Few accounts are in a confirmed cluster. */
const readClusters = async (raw: TransactionSql, ids: readonly string[]): Promise<Map<string, Membership[]>> =>
  ids.length === 0 ? new Map() : readMemberships(raw, ids);

const saveStatement = `
  update wallets w
     set seq = u.seq, promo = u.promo, promo_held = u.promo_held, earned = u.earned, market = u.market,
         paid_net = u.paid_net, debt = u.debt, reserved = u.reserved, deposited = u.deposited,
         charged_pod = u.charged_pod, charged_serverless = u.charged_serverless, charged_storage = u.charged_storage,
         spent_pod = u.spent_pod, spent_serverless = u.spent_serverless, spent_storage = u.spent_storage,
         base_pod = u.base_pod, base_serverless = u.base_serverless, base_storage = u.base_storage,
         bonus_reached = u.bonus_reached, open_day = u.open_day, day_events = u.day_events, day_pod = u.day_pod,
         day_serverless = u.day_serverless, day_storage = u.day_storage, touched_at = $27::timestamptz
    from ${rowsOf({
      lane: "$1::smallint[]",
      account_id: "$2::uuid[]",
      seq: "$3::bigint[]",
      promo: "$4::bigint[]",
      promo_held: "$5::bigint[]",
      earned: "$6::bigint[]",
      market: "$7::bigint[]",
      paid_net: "$8::bigint[]",
      debt: "$9::bigint[]",
      reserved: "$10::bigint[]",
      deposited: "$11::bigint[]",
      charged_pod: "$12::bigint[]",
      charged_serverless: "$13::bigint[]",
      charged_storage: "$14::bigint[]",
      spent_pod: "$15::bigint[]",
      spent_serverless: "$16::bigint[]",
      spent_storage: "$17::bigint[]",
      base_pod: "$18::bigint[]",
      base_serverless: "$19::bigint[]",
      base_storage: "$20::bigint[]",
      bonus_reached: "$21::boolean[]",
      open_day: "$22::date[]",
      day_events: "$23::int[]",
      day_pod: "$24::bigint[]",
      day_serverless: "$25::bigint[]",
      day_storage: "$26::bigint[]",
    })} u
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
      column(({ state }) => (state.openDay === null ? "NULL" : dayText(state.openDay))),
      column(({ state }) => state.openDayTotals.events),
      column(({ state }) => state.openDayTotals.charged.pod),
      column(({ state }) => state.openDayTotals.charged.serverless),
      column(({ state }) => state.openDayTotals.charged.storage),
      at.toISOString(),
    ],
    { prepare: true },
  );
  if (saved.count !== wallets.length) throw new Error(`Saved ${saved.count} of ${wallets.length} wallets`);
}

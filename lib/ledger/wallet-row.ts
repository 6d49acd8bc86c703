import { type Packed, packedQuery, placesOf } from "./packed-rows";
import type { WalletState } from "./wallet";

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
  openDay: "coalesce((w.open_day - date '1970-01-01')::text, '')",
  dayEvents: "w.day_events",
  dayPod: "w.day_pod",
  dayServerless: "w.day_serverless",
  dayStorage: "w.day_storage",
  bonusReached: "w.bonus_reached",
  closed: "w.closed",
  clusterId: "coalesce(w.cluster_id::text, '')",
  pins: "coalesce(w.pins, '')",
};

type Column = keyof typeof columns;
export type WalletRow = Packed<Column>;
export const walletPlaces = placesOf(Object.keys(columns) as Column[]);

/**
 * Locks wallets, in the one order everybody uses, and reads what they are once the locks are got. Nothing else may be
 * read here: of a row that had to be waited for only what is locked is read anew.
 */
export const lockStatement = packedQuery(
  columns,
  `from wallets w
   join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id)
     on wanted.lane = w.lane and wanted.account_id = w.account_id
  order by w.lane, w.account_id
    for update of w`,
);

/** The running numbers; the rewards come from elsewhere. */
export function stateOf(row: WalletRow, rewards: Pick<WalletState, "bonus" | "milestone">): WalletState {
  return {
    seq: BigInt(row.text("seq")),
    promo: row.nanos("promo"),
    promoHeld: row.nanos("promoHeld"),
    earned: row.nanos("earned"),
    market: row.nanos("market"),
    paidNet: row.nanos("paidNet"),
    debt: row.nanos("debt"),
    reserved: row.nanos("reserved"),
    deposited: row.nanos("deposited"),
    charged: {
      pod: row.nanos("chargedPod"),
      serverless: row.nanos("chargedServerless"),
      storage: row.nanos("chargedStorage"),
    },
    spent: {
      pod: row.nanos("spentPod"),
      serverless: row.nanos("spentServerless"),
      storage: row.nanos("spentStorage"),
    },
    base: { pod: row.nanos("basePod"), serverless: row.nanos("baseServerless"), storage: row.nanos("baseStorage") },
    openDay: row.number("openDay"),
    openDayTotals: {
      events: Number(row.text("dayEvents")),
      charged: {
        pod: row.nanos("dayPod"),
        serverless: row.nanos("dayServerless"),
        storage: row.nanos("dayStorage"),
      },
    },
    bonusReached: row.flag("bonusReached"),
    ...rewards,
  };
}

import type { TransactionSql } from "postgres";
import { accrue, sumAccruals } from "@/lib/money/accrual";
import { services } from "@/lib/programs/account";
import type { LockedWallet } from "./wallet";

/**
 * What the pair of a locked account accrues from now on stays pending, in a part of its own. Nothing released before
 * is taken back.
 */
export async function holdPair(raw: TransactionSql, { account }: LockedWallet): Promise<void> {
  await raw`
    update referrals set hold = 'held' where lane = ${account.lane} and referred_id = ${account.id} and hold is null`;
}

/** The hold of a locked account's pair is over: the sweep lets its part join what its referrer earns otherwise. */
export async function releasePair(raw: TransactionSql, wallet: LockedWallet): Promise<void> {
  const { lane, id } = wallet.account;
  await raw`update referrals set hold = null where lane = ${lane} and referred_id = ${id} and hold = 'held'`;
  await hand(raw, wallet, 0n);
}

/**
 * The pair of a locked account is refused: all it ever accrued is handed back, and from now on it accrues nothing. The
 * sweep takes what was pending first, then what was released.
 */
export async function refusePair(raw: TransactionSql, wallet: LockedWallet): Promise<void> {
  const { lane, id } = wallet.account;
  const refused = await raw`
    update referrals set hold = 'refused' where lane = ${lane} and referred_id = ${id} and hold is distinct from 'refused'`;
  const { commission } = wallet.pins;
  if (refused.count === 0 || !commission) return;
  const accrued = sumAccruals(services.map((service) => accrue(wallet.state.base[service], commission.rates[service])));
  await hand(raw, wallet, -accrued);
}

/** A change of what the referrer is owed goes the way of all accruals; one of zero asks for a sweep. */
async function hand(raw: TransactionSql, { account, referral }: LockedWallet, accrual: bigint): Promise<void> {
  if (!referral) return;
  const { referrer, program, part } = referral;
  await raw`
    insert into accrual_outbox (lane, beneficiary_lane, beneficiary_id, program, template, accrual)
    values (${account.lane}, ${referrer.lane}, ${referrer.id}, ${program}, ${part}, ${String(accrual)})`;
}

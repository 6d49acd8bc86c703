import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import { reopenReward, writeExpiry } from "./expiries";
import type { AccountRef } from "./wallet";

interface Moved {
  id: string;
  bucket: "promo" | "earned";
  isGiven: boolean;
  number: number;
  seq: bigint;
  /** To or from its bucket. */
  credit: Nanos;
}

/**
 * Writes that a reward was posted or taken back by a posting of this number. The time for which it is held begins when
 * it is first posted, its life when it first can be spent; neither begins again. The wallet is locked.
 */
export async function writeMove(raw: TransactionSql, account: AccountRef, moved: Moved, at: Date): Promise<void> {
  const { id, bucket, isGiven, number, seq, credit } = moved;
  const [reward] = await raw<LifeRow[]>`
    update rewards
       set posted = ${isGiven}, times = ${number},
           release_at = case when ${isGiven} and held
                             then coalesce(release_at, ${at.toISOString()}::timestamptz + hold_ms * interval '1 ms')
                             else release_at end,
           expires_at = case when ${isGiven} and not held
                             then coalesce(expires_at, ${at.toISOString()}::timestamptz + expiry_ms * interval '1 ms')
                             else expires_at end
     where lane = ${account.lane} and account_id = ${account.id} and id = ${id}
    returning held, (extract(epoch from expires_at) * 1000)::bigint as expires_ms`;
  if (!reward) throw new Error(`Reward ${id} is not written`);
  if (isGiven && !reward.held) await writeLife(raw, account, { id, bucket, seq, credit }, reward);
}

/** Writes that the time for which a reward was held is over, and by which posting it was released, if it was posted. */
export async function writeRelease(
  raw: TransactionSql,
  account: AccountRef,
  { id, bucket, released }: { id: string; bucket: "promo" | "earned"; released: { seq: bigint; credit: Nanos } | null },
  at: Date,
): Promise<void> {
  const [reward] = await raw<LifeRow[]>`
    update rewards
       set held = false,
           expires_at = case when ${released !== null}
                             then ${at.toISOString()}::timestamptz + expiry_ms * interval '1 ms' end
     where lane = ${account.lane} and account_id = ${account.id} and id = ${id}
    returning held, (extract(epoch from expires_at) * 1000)::bigint as expires_ms`;
  if (!reward) throw new Error(`Reward ${id} is not written`);
  if (released) await writeLife(raw, account, { id, bucket, ...released }, reward);
}

interface LifeRow {
  held: boolean;
  expires_ms: string | null;
}

async function writeLife(
  raw: TransactionSql,
  account: AccountRef,
  { id, bucket, seq, credit }: Pick<Moved, "id" | "bucket" | "seq" | "credit">,
  { expires_ms }: LifeRow,
): Promise<void> {
  if (expires_ms === null) return;
  if (credit > 0n) {
    await writeExpiry(raw, account, { seq, bucket, rewardId: id, expiresAt: new Date(Number(expires_ms)) });
  }
  await reopenReward(raw, account, id);
}

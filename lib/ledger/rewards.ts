import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import type { Reward } from "@/lib/programs/account";
import { leftOf, releaseSplit, rewardSplit, shouldPost, standingOf } from "@/lib/programs/standing";
import type { CreditLife } from "@/lib/programs/terms";
import { post } from "./post";
import * as postings from "./postings";
import { writeMove, writeRelease } from "./reward-life";
import type { TermsBook } from "./terms-book";
import { type AccountRef, lockWallets, saveWallets } from "./wallet";

/** A reward at its beneficiary, and the account whose paid spend it rests on. */
export interface RewardRef {
  id: string;
  beneficiary: AccountRef;
  trigger: AccountRef;
}

export interface NewReward extends RewardRef {
  kind: "bonus" | "milestone";
  program: string;
  amount: Nanos;
  /** How long its terms hold it, and how long they let it live. */
  life: CreditLife;
}

interface Scope {
  book: TermsBook;
  at: Date;
}

/** Writes a reward whose amount is known: not posted yet, for it is when it stands. */
export async function writeReward(raw: TransactionSql, reward: NewReward): Promise<void> {
  const { beneficiary, trigger, id, kind, program, amount, life } = reward;
  await raw`
    insert into rewards (lane, account_id, id, kind, trigger_lane, trigger_id, program, amount, posted, times, hold_ms,
                         expiry_ms, held)
    values (${beneficiary.lane}, ${beneficiary.id}, ${id}, ${kind}, ${trigger.lane}, ${trigger.id}, ${program},
            ${String(amount)}, false, 0, ${String(life.holdMs)},
            ${life.expiryMs === null ? null : String(life.expiryMs)}, ${life.holdMs > 0n})`;
}

/**
 * Posts a reward that stands and is not posted, takes back one that is posted and does not stand, as far as a review of
 * its pair lets it. Both wallets are locked, so that nothing passes the trigger meanwhile.
 */
export async function followStanding(raw: TransactionSql, { book, at }: Scope, reward: RewardRef): Promise<void> {
  const { id, beneficiary, trigger } = reward;
  const wallets = await lockSides(raw, book, { beneficiary, trigger });
  const wallet = wallets.get(beneficiary.id);
  const source = wallets.get(trigger.id);
  if (!wallet || !source) throw new Error(`Reward ${id} has no wallet`);
  const row = await readReward(raw, beneficiary, id);
  if (!row) return;
  const isGiven = shouldPost(row, standingOf(source.state, source.pins)[row.kind], source.pins.hold ?? null);
  if (row.posted === isGiven || leftOf(row) === 0n) return;
  const { bucket, held } = row;
  const number = row.times + 1;
  const input = { id, bucket, held, number, ...rewardSplit(wallet.state, row, isGiven) };
  const posting = isGiven ? postings.rewardGiven(input) : postings.rewardTaken(input);
  const { seq } = await post(raw, wallet, posting, at);
  await writeMove(raw, beneficiary, { id, bucket, isGiven, number, seq, credit: input.credit }, at);
  await saveWallets(raw, [wallet], at);
}

/**
 * Makes a held reward spendable once its time is over and its pair is not in review. Taken back meanwhile, it moves
 * nothing, and will be spendable at once when it stands again.
 * @returns whether it was for this call to do
 */
export async function releaseHeld(
  raw: TransactionSql,
  { book, at }: Scope,
  { id, beneficiary, trigger }: RewardRef,
): Promise<boolean> {
  const wallets = await lockSides(raw, book, { beneficiary, trigger });
  const wallet = wallets.get(beneficiary.id);
  const source = wallets.get(trigger.id);
  if (!wallet || !source) throw new Error(`Reward ${id} has no wallet`);
  if (source.pins.hold === "held") return false;
  const row = await readReward(raw, beneficiary, id);
  if (!row?.held || row.releaseAt === null || row.releaseAt > at) return false;
  const { bucket } = row;
  let released: { seq: bigint; credit: Nanos } | null = null;
  if (row.posted) {
    const split = releaseSplit(wallet.state, row);
    const { seq } = await post(raw, wallet, postings.release({ id, bucket, ...split }), at);
    released = { seq, credit: split.credit };
  }
  await writeRelease(raw, beneficiary, { id, bucket, released }, at);
  await saveWallets(raw, [wallet], at);
  return true;
}

const lockSides = (
  raw: TransactionSql,
  book: TermsBook,
  { beneficiary, trigger }: Pick<RewardRef, "beneficiary" | "trigger">,
) => lockWallets(raw, book, beneficiary.id === trigger.id ? [trigger] : [beneficiary, trigger]);

interface KnownReward extends Omit<Reward, "id"> {
  kind: "bonus" | "milestone";
  releaseAt: Date | null;
}

async function readReward(raw: TransactionSql, account: AccountRef, id: string): Promise<KnownReward | null> {
  const [row] = await raw<
    {
      kind: "bonus" | "milestone";
      amount: string;
      posted: boolean;
      times: number;
      held: boolean;
      expired: string;
      release_ms: string | null;
    }[]
  >`
    select kind, amount, posted, times, held, expired, (extract(epoch from release_at) * 1000)::bigint as release_ms
      from rewards where lane = ${account.lane} and account_id = ${account.id} and id = ${id}`;
  if (!row) return null;
  const { kind, posted, times, held } = row;
  return {
    kind,
    posted,
    times,
    held,
    bucket: kind === "bonus" ? "promo" : "earned",
    amount: BigInt(row.amount) as Nanos,
    expired: BigInt(row.expired) as Nanos,
    releaseAt: row.release_ms === null ? null : new Date(Number(row.release_ms)),
  };
}

import { rawOf, type Tx } from "@/db/client";
import { reversals } from "@/db/schema/funds";
import { moveMoney } from "@/lib/ledger/move-money";
import * as postings from "@/lib/ledger/postings";
import type { WalletScope } from "@/lib/ledger/with-wallet";
import type { Nanos } from "@/lib/money/nanos";
import type { Deposit } from "./record-deposit";

export type Reversal = typeof reversals.$inferSelect;
export type ReversalReason = Reversal["reason"];

/** Of these, the money came back. */
export const returns: ReadonlySet<ReversalReason> = new Set(["dispute_won", "refund_failed"]);

interface NewReversal {
  deposit: Deposit;
  reference: string;
  /** Above zero. */
  amount: Nanos;
  reason: ReversalReason;
  /** Why, in an operator's words for the customer. */
  note?: string;
  at: Date;
}

/** Posts a reversal to the locked wallet of its deposit's owner, with all that follows from it, and writes its row. */
export async function writeReversal(
  tx: Tx,
  locked: WalletScope,
  { deposit, reference, amount, reason, note, at }: NewReversal,
): Promise<Reversal> {
  const asked = { reference, deposit: deposit.reference, amount, reason, ...(note === undefined ? {} : { note }) };
  const movement = returns.has(reason)
    ? { posting: postings.moneyReturned(asked), amount }
    : { posting: postings.reversal(asked), amount: -amount as Nanos };
  const seq = await moveMoney(rawOf(tx), locked, { ...movement, at });
  const { lane, id: accountId } = locked.wallet.account;
  const [row] = await tx
    .insert(reversals)
    .values({ reference, depositReference: deposit.reference, lane, accountId, seq, amount, reason, recordedAt: at })
    .returning();
  if (!row) throw new Error(`Reversal ${reference} was not written`);
  return row;
}

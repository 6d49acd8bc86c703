import type { TransactionSql } from "postgres";
import { changeReserved } from "@/lib/ledger/reserve";
import type { LockedWallet } from "@/lib/ledger/wallet";
import { nanos } from "@/lib/money/nanos";

/** Ends what has expired of an account whose wallet's lock is held, and lets go of what that had reserved. */
export async function endExpired(raw: TransactionSql, wallet: LockedWallet, at: Date): Promise<void> {
  const { account } = wallet;
  const ended = await raw<{ reserved: string }[]>`
    update authorizations set state = 'expired', ended_at = expires_at
     where lane = ${account.lane} and account_id = ${account.id} and state = 'open'
       and expires_at <= ${at.toISOString()}
    returning reserved`;
  const total = ended.reduce((sum, { reserved }) => sum + BigInt(reserved), 0n);
  changeReserved(wallet, nanos(-total));
}

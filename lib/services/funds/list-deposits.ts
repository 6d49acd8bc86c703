import { and, desc, eq, lt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { deposits } from "@/db/schema/funds";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Deposit } from "./record-deposit";

/** An account's deposits, newest first, those before the posting `before` where it is given. */
export const listDeposits = (
  db: Db,
  account: AccountRef,
  { limit, before }: { limit: number; before: bigint | null },
): Promise<Deposit[]> =>
  db
    .select()
    .from(deposits)
    .where(
      and(
        eq(deposits.lane, account.lane),
        eq(deposits.accountId, account.id),
        before === null ? undefined : lt(deposits.seq, before),
      ),
    )
    .orderBy(desc(deposits.seq))
    .limit(limit);

import { and, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { deposits } from "@/db/schema/funds";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Deposit } from "./record-deposit";

const SHOWN_MAX = 1_000;

/** An account's deposits, newest first, at most a thousand. */
export const listDeposits = (db: Db, account: AccountRef): Promise<Deposit[]> =>
  db
    .select()
    .from(deposits)
    .where(and(eq(deposits.lane, account.lane), eq(deposits.accountId, account.id)))
    .orderBy(desc(deposits.seq))
    .limit(SHOWN_MAX);

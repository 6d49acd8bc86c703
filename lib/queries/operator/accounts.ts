import "server-only";
import { and, eq, or, type SQL, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accountNames, accountOwners, accounts, referralCodes, wallets } from "@/db/schema/accounts";
import { laneOf } from "@/lib/ledger/lanes";
import { canonicalCode } from "@/lib/services/accounts/referral-code";

/** An account as an operator sees it, without its numbers. */
export interface AccountView {
  lane: number;
  id: string;
  externalId: string;
  name: string | null;
  email: string | null;
  emailVerified: boolean;
  region: string | null;
  status: "active" | "held" | "closed";
  /** ISO 8601 */
  signedUpAt: string;
  referralCode: string;
  /** Whether somebody signs in to it. */
  hasOwner: boolean;
  /** The cluster it was found to belong to. */
  clusterId: string | null;
}

const FOUND_MAX = 20;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Accounts that what was typed may mean: a name, an e-mail, a referral code or an id, whole; at most twenty. */
export async function findAccounts(typed: string): Promise<AccountView[]> {
  await connection();
  const text = typed.trim();
  if (text === "" || text.length > 254) return [];
  const named = await db()
    .select({ lane: accountNames.lane, id: accountNames.accountId })
    .from(accountNames)
    .where(eq(accountNames.name, text))
    .unionAll(
      db()
        .select({ lane: referralCodes.lane, id: referralCodes.accountId })
        .from(referralCodes)
        .where(eq(referralCodes.code, canonicalCode(text))),
    );
  const byName = named.map(({ lane, id }) => and(eq(accounts.lane, lane), eq(accounts.id, id)));
  const found = or(...byName, idIs(text), eq(accounts.email, text.toLowerCase()));
  return found ? read(found) : [];
}

/** The account with an id; null for what is none. */
export async function accountView(id: string): Promise<AccountView | null> {
  await connection();
  const same = idIs(id);
  if (!same) return null;
  return (await read(same))[0] ?? null;
}

function idIs(text: string): SQL | undefined {
  const id = text.toLowerCase();
  return UUID.test(id) ? and(eq(accounts.lane, laneOf(id)), eq(accounts.id, id)) : undefined;
}

async function read(where: SQL): Promise<AccountView[]> {
  const { lane, id, externalId, name, email, emailVerified, region, status, signedUpAt, referralCode } = accounts;
  const rows = await db()
    .select({
      ...{ lane, id, externalId, name, email, emailVerified, region, status, signedUpAt, referralCode },
      hasOwner: sql<boolean>`${accountOwners.userId} is not null`,
      clusterId: wallets.clusterId,
    })
    .from(accounts)
    .innerJoin(wallets, and(eq(wallets.lane, accounts.lane), eq(wallets.accountId, accounts.id)))
    .leftJoin(accountOwners, and(eq(accountOwners.lane, accounts.lane), eq(accountOwners.accountId, accounts.id)))
    .where(where)
    .orderBy(accounts.id)
    .limit(FOUND_MAX);
  return rows.map((row) => ({ ...row, signedUpAt: row.signedUpAt.toISOString() }));
}

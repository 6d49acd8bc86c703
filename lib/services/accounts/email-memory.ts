import { createHmac, hkdfSync } from "node:crypto";
import { and, eq, like } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, firstEmails } from "@/db/schema/accounts";
import { readEnv } from "@/lib/env";
import type { AccountRef } from "@/lib/ledger/wallet";
import { normaliseEmail } from "@/lib/programs/email";

/** No address begins like this: it has no @. */
const FORGOTTEN = "forgotten:";

/**
 * What is kept of a normalised address that was forgotten: an HMAC by a key of its own, made from the installation's
 * secret, so that the table alone tells nobody whose it was. Null where the process was not given the secret.
 */
function keptOf(emailNormal: string): string | null {
  if (!process.env.NEXTAUTH_SECRET) return null;
  const { NEXTAUTH_SECRET } = readEnv(["NEXTAUTH_SECRET"]);
  const key = Buffer.from(hkdfSync("sha256", NEXTAUTH_SECRET, "", "tenspot/forgotten-email/v1", 32));
  return FORGOTTEN + createHmac("sha256", key).update(emailNormal).digest("hex");
}

/**
 * Whether an account that is closed had this normalised address.
 * @throws Error in a process without NEXTAUTH_SECRET once anything was forgotten: it could not tell.
 */
export async function isForgotten(tx: Tx, emailNormal: string): Promise<boolean> {
  const kept = keptOf(emailNormal);
  const found = await tx
    .select({ name: firstEmails.emailNormal })
    .from(firstEmails)
    .where(kept === null ? like(firstEmails.emailNormal, `${FORGOTTEN}%`) : eq(firstEmails.emailNormal, kept))
    .limit(1);
  if (kept === null && found.length > 0) {
    throw new Error("Set NEXTAUTH_SECRET for this process: without it, it cannot tell who was a customer before");
  }
  return found.length > 0;
}

/**
 * Takes an account's address out of the books and keeps only by hash that it was a customer's. Whoever comes with it
 * again, in whatever spelling, is still not new. Changes nothing where there is no address.
 * @throws Error without NEXTAUTH_SECRET.
 */
export async function forgetEmail(tx: Tx, { lane, id }: AccountRef): Promise<void> {
  const which = and(eq(accounts.lane, lane), eq(accounts.id, id));
  const [account] = await tx.select({ email: accounts.email }).from(accounts).where(which).for("update");
  if (!account?.email) return;
  const emailNormal = normaliseEmail(account.email);
  const kept = keptOf(emailNormal);
  if (kept === null)
    throw new Error("Set NEXTAUTH_SECRET for this process: addresses are forgotten by a key made of it");
  await tx.insert(firstEmails).values({ emailNormal: kept, lane, accountId: id }).onConflictDoNothing();
  await tx.delete(firstEmails).where(and(eq(firstEmails.emailNormal, emailNormal), eq(firstEmails.accountId, id)));
  await tx.update(accounts).set({ email: null, emailVerified: false }).where(which);
}

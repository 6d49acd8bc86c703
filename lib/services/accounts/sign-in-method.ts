import { eq } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { signIns } from "@/db/schema/identity";
import type { AccountRef } from "@/lib/ledger/wallet";
import { type SignInMethod, signInMethods } from "@/lib/programs/terms";

const methodNamed = (provider: string | undefined): SignInMethod | null =>
  signInMethods.find((method) => method === provider) ?? null;

/** A person's one way to sign in; null where there is none. */
export async function methodOf(tx: Tx, userId: string): Promise<SignInMethod | null> {
  const [row] = await tx.select({ provider: signIns.provider }).from(signIns).where(eq(signIns.userId, userId));
  return methodNamed(row?.provider);
}

/**
 * How the person of an account signed in to make it; null where the platform made it, whoever took it over since. An
 * account made by a sign-in answers to its first name for ever.
 */
export async function madeBy(tx: Tx, { lane, id }: AccountRef): Promise<SignInMethod | null> {
  const [row] = await rawOf(tx)<{ provider: string }[]>`
    select s.provider from account_owners o
      join sign_ins s on s.user_id = o.user_id
      join account_names n on n.name = 'acc_' || replace(o.account_id::text, '-', '')
     where o.lane = ${lane} and o.account_id = ${id}`;
  return methodNamed(row?.provider);
}

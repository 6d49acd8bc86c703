import { eq, sql } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { signIns, users } from "@/db/schema/identity";
import type { AccountRef } from "@/lib/ledger/wallet";
import { type SignInMethod, signInMethods } from "@/lib/programs/terms";

const methodNamed = (provider: string | undefined): SignInMethod | null =>
  signInMethods.find((method) => method === provider) ?? null;

/** How a person signed in first; null where nobody knows. */
export async function methodOf(tx: Tx, userId: string): Promise<SignInMethod | null> {
  const [row] = await tx
    .select({ provider: sql<string>`coalesce(${users.firstWay}, ${signIns.provider})` })
    .from(signIns)
    .innerJoin(users, eq(users.id, signIns.userId))
    .where(eq(signIns.userId, userId))
    .orderBy(sql`${signIns.linkedAt} nulls first`)
    .limit(1);
  return methodNamed(row?.provider);
}

/**
 * How the person of an account signed in to make it; null where the platform made it, whoever took it over since. An
 * account made by a sign-in answers to its first name for ever.
 */
export async function madeBy(tx: Tx, { lane, id }: AccountRef): Promise<SignInMethod | null> {
  const [row] = await rawOf(tx)<{ provider: string }[]>`
    select coalesce(u.first_way, s.provider) as provider from account_owners o
      join users u on u.id = o.user_id
      join sign_ins s on s.user_id = o.user_id
      join account_names n on n.name = 'acc_' || replace(o.account_id::text, '-', '')
     where o.lane = ${lane} and o.account_id = ${id}
     order by s.linked_at nulls first limit 1`;
  return methodNamed(row?.provider);
}

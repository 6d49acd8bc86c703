import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accountNames, accountOwners, accounts } from "@/db/schema/accounts";
import { done, type Result, refused } from "@/lib/services/result";
import { findReferrer, type NewAccount, NO_REFERRER } from "./insert-account";
import type { OpenedAccount } from "./open-account";

const opened = ({ lane, id, externalId }: OpenedAccount): OpenedAccount => ({ lane, id, externalId });

const sameAccount = and(eq(accounts.lane, accountNames.lane), eq(accounts.id, accountNames.accountId));

/** The account this very request made before, a conflict when its name was used for another, or nothing. */
export async function findKnown(tx: Tx, request: NewAccount, digest: string): Promise<Result<OpenedAccount> | null> {
  if (request.userId) {
    const [own] = await tx
      .select()
      .from(accountOwners)
      .innerJoin(accounts, and(eq(accounts.lane, accountOwners.lane), eq(accounts.id, accountOwners.accountId)))
      .where(eq(accountOwners.userId, request.userId));
    return own ? done(opened(own.accounts), false) : null;
  }
  if (!request.externalId) return null;
  const [named] = await tx
    .select({ account: accounts })
    .from(accountNames)
    .innerJoin(accounts, sameAccount)
    .where(eq(accountNames.name, request.externalId));
  if (!named) return null;
  if (named.account.requestDigest === digest) return done(opened(named.account), false);
  return refused("conflict", `externalId ${request.externalId} names an account made with other content`, "externalId");
}

/**
 * The account of the same verified e-mail that is still to meet its other half: for a sign-in the one the operator
 * imported, for an import the one a person made by signing in. It is joined here.
 */
export async function findClaimable(
  tx: Tx,
  request: NewAccount,
  { digest, now }: { digest: string; now: Date },
): Promise<Result<OpenedAccount> | null> {
  if (!request.email) return null;
  return request.userId
    ? claimBySignIn(tx, {
        email: request.email,
        name: request.name,
        userId: request.userId,
        proved: request.emailVerified === true,
        now,
      })
    : claimByImport(tx, { ...request, email: request.email, digest, now });
}

async function claimBySignIn(
  tx: Tx,
  input: { email: string; name: string | undefined; userId: string; proved: boolean; now: Date },
): Promise<Result<OpenedAccount> | null> {
  const { email, name, userId, proved, now } = input;
  if (!proved) return null;
  const [imported] = await tx
    .select({ account: accounts })
    .from(accounts)
    .leftJoin(accountOwners, and(eq(accountOwners.lane, accounts.lane), eq(accountOwners.accountId, accounts.id)))
    .where(and(eq(accounts.email, email), isNull(accountOwners.userId)))
    .orderBy(accounts.createdAt)
    .limit(1);
  if (!imported) return null;
  const { lane, id, name: nameBefore } = imported.account;
  await tx.insert(accountOwners).values({ userId, lane, accountId: id, createdAt: now });
  await tx
    .update(accounts)
    // The platform's name for its customer stays; where it gave none, the person's own is one.
    .set({ emailVerified: true, name: nameBefore ?? name ?? null, updatedAt: now })
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  return done(opened(imported.account), false);
}

async function claimByImport(
  tx: Tx,
  { email, externalId, referralCode, digest, now }: NewAccount & { email: string; digest: string; now: Date },
): Promise<Result<OpenedAccount> | null> {
  if (!externalId) return null;
  const signedIn = await tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.email, email), eq(accounts.emailVerified, true)))
    .orderBy(sql`${accounts.namedByPlatform}`, accounts.createdAt);
  const [person] = signedIn;
  if (!person) return null;
  if (person.namedByPlatform) {
    return refused(
      "conflict",
      `The person with this verified e-mail already has the name ${person.externalId}`,
      "email",
    );
  }
  if (referralCode && !(await findReferrer(tx, referralCode))) return NO_REFERRER;
  await tx.insert(accountNames).values({ name: externalId, lane: person.lane, accountId: person.id });
  await tx
    .update(accounts)
    .set({ externalId, namedByPlatform: true, requestDigest: digest, updatedAt: now })
    .where(and(eq(accounts.lane, person.lane), eq(accounts.id, person.id)));
  return done({ lane: person.lane, id: person.id, externalId }, false);
}

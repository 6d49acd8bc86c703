import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { moveMoney } from "@/lib/ledger/move-money";
import { BooksFull } from "@/lib/ledger/post";
import { opening } from "@/lib/ledger/postings";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import { dollarsExact } from "@/lib/money/format";
import { BOOKS_MAX, type Nanos, ZERO } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { applyQuarantined } from "@/lib/services/usage/apply-quarantined";
import { findClaimable, findKnown } from "./find-existing";
import { insertAccount, type NewAccount } from "./insert-account";

export interface OpenAccount {
  /** The platform's own name; absent for a person who signs in. */
  externalId?: string;
  email?: string;
  /** Whether a sign-in proved the address. */
  emailVerified?: boolean;
  name?: string;
  referralCode?: string;
  /** May lie in the past (imports); moves windows and ages, never the version of terms. An hour ahead at most. */
  signedUpAt?: Date;
  region?: string;
  /** False for customers who were there before: no bonus on either side. */
  newAccount?: boolean;
  opening?: { paid?: Nanos; promo?: Nanos; earned?: Nanos };
  /** The person who signed in. */
  userId?: string;
}

export interface OpenedAccount extends AccountRef {
  externalId: string;
}

const HOUR_MS = 3_600_000;
const TOO_MUCH = `opening would take the account over ${dollarsExact(BOOKS_MAX)} in all`;

/**
 * Makes an account for a customer of the platform, or for a person's first sign-in, with its wallet, its own referral
 * link, and the terms in force pinned for life. The same request again changes nothing. A sign-in with the verified
 * e-mail of an imported account takes that one over; an import with the verified e-mail of a person who signed in
 * gives that account the platform's name.
 * Refuses an unknown referral code or a sign-up over an hour ahead (`invalid`), the same name with other content,
 * and a verified e-mail that already has another name of the platform (`conflict`).
 */
export async function openAccount(ctx: Context, input: OpenAccount): Promise<Result<OpenedAccount>> {
  const now = ctx.clock();
  if (input.signedUpAt && input.signedUpAt.getTime() > now.getTime() + HOUR_MS) {
    return refused("invalid", "signedUpAt is more than an hour ahead; send when the customer signed up", "signedUpAt");
  }
  const { paid = ZERO, promo = ZERO, earned = ZERO } = input.opening ?? {};
  if (paid + promo + earned > BOOKS_MAX) {
    return refused("invalid", `opening must be at most ${dollarsExact(BOOKS_MAX)} together`, "opening");
  }
  const request: NewAccount = { ...input, ...(input.email ? { email: input.email.trim().toLowerCase() } : {}) };
  const opened = await attempt(ctx, request, now);
  if (opened.ok) {
    await applyQuarantined(ctx, [opened.value.externalId]);
    notifyChanged(ctx.db, [opened.value.id, ...(await referrersOf(ctx, opened.value))]);
  }
  return opened;
}

/** Whoever sent this account sees that it has signed up. */
async function referrersOf(ctx: Context, { lane, id }: OpenedAccount): Promise<string[]> {
  const rows = await ctx.db.$client<{ referrer_id: string }[]>`
    select referrer_id from referrals where lane = ${lane} and referred_id = ${id}`;
  return rows.map(({ referrer_id }) => referrer_id);
}

/** Two requests for one name or person may race: the loser finds what the winner made. */
async function attempt(ctx: Context, request: NewAccount, now: Date): Promise<Result<OpenedAccount>> {
  try {
    return await inTransaction(ctx, (tx) => openIn(ctx, tx, request, now));
  } catch (error) {
    if (error instanceof BooksFull) return refused("invalid", TOO_MUCH, "opening");
    if (!isUniqueViolation(error)) throw error;
    return inTransaction(ctx, (tx) => openIn(ctx, tx, request, now));
  }
}

async function openIn(ctx: Context, tx: Tx, request: NewAccount, now: Date): Promise<Result<OpenedAccount>> {
  if (request.email)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`email:${request.email}`}, 0))`);
  const digest = digestOf(request);
  const known = await findKnown(tx, request, digest);
  if (known) return known;
  const claimed = await findClaimable(tx, request, { digest, now });
  if (claimed && !claimed.ok) return claimed;
  const account = claimed ?? (await insertAccount(tx, request, { digest, now }));
  if (!account.ok) return account;
  await postOpening(ctx, tx, account.value, request, now);
  return account;
}

async function postOpening(ctx: Context, tx: Tx, account: OpenedAccount, request: NewAccount, at: Date): Promise<void> {
  const { paid = ZERO, promo = ZERO, earned = ZERO } = request.opening ?? {};
  if (paid + promo + earned === 0n) return;
  const raw = rawOf(tx);
  await withWallet(raw, { account, book: termsBook(ctx.db), at }, (scope) => {
    const { debt } = scope.wallet.state;
    const posting = opening({ account: account.externalId, paid, promo, earned, debt });
    return moveMoney(raw, scope, { posting, amount: paid, at });
  });
}

/** What the platform asked for: the same name with other content is a conflict. */
function digestOf(request: NewAccount): string {
  const { email, name, referralCode, signedUpAt, region, newAccount, opening: brought } = request;
  const content = [email, name, referralCode, signedUpAt?.toISOString(), region, newAccount ?? true];
  const credit = [brought?.paid, brought?.promo, brought?.earned].map((each) => String(each ?? 0n));
  return createHash("sha256")
    .update(JSON.stringify([content, credit]))
    .digest("hex");
}

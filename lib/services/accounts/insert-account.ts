import { randomBytes } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import { v7 as timeOrderedId } from "uuid";
import type { Tx } from "@/db/client";
import { accountNames, accountOwners, accounts, firstEmails, referralCodes, wallets } from "@/db/schema/accounts";
import { enrolments, referrals } from "@/db/schema/programs";
import { laneOf } from "@/lib/ledger/lanes";
import { addCalendarMonths } from "@/lib/programs/calendar";
import { notEligible, type Origin } from "@/lib/programs/eligibility";
import { normaliseEmail } from "@/lib/programs/email";
import { done, type Result, refused } from "@/lib/services/result";
import { termsInForce } from "@/lib/services/terms-in-force";
import { isForgotten } from "./email-memory";
import type { OpenAccount, OpenedAccount } from "./open-account";
import { canonicalCode, referralCodePattern } from "./referral-code";
import { methodOf } from "./sign-in-method";

/** A checked request; the e-mail is in lower case. */
export type NewAccount = OpenAccount;

const CODE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** 64 bits of chance in the letters nobody confuses: codes cannot be guessed in number. */
function newReferralCode(): string {
  let bits = randomBytes(8).readBigUInt64BE();
  let code = "";
  for (let i = 0; i < 13; i += 1) {
    code += CODE_ALPHABET[Number(bits & 31n)];
    bits >>= 5n;
  }
  return code;
}

export const NO_REFERRER = refused(
  "invalid",
  "referralCode belongs to nobody; leave it out or send a code of an account",
  "referralCode",
);

/** Writes a new account with everything it is pinned to. */
export async function insertAccount(
  tx: Tx,
  request: NewAccount,
  { digest, now }: { digest: string; now: Date },
): Promise<Result<OpenedAccount>> {
  const referrer = request.referralCode ? await findReferrer(tx, request.referralCode) : null;
  if (request.referralCode && !referrer) return NO_REFERRER;
  const id = timeOrderedId();
  const lane = laneOf(id);
  const externalId = request.externalId ?? `acc_${id.replaceAll("-", "")}`;
  const signedUpAt = request.signedUpAt ?? now;
  const code = newReferralCode();
  // All sent before the first is awaited: making accounts is what an import spends its time on.
  await Promise.all([
    tx.insert(accountNames).values({ name: externalId, lane, accountId: id }),
    tx.insert(accounts).values({
      lane,
      id,
      externalId,
      namedByPlatform: request.externalId !== undefined,
      name: request.name ?? null,
      email: request.email ?? null,
      emailVerified: request.emailVerified ?? false,
      region: request.region ?? null,
      signedUpAt,
      createdAt: now,
      updatedAt: now,
      referralCode: code,
      requestDigest: request.externalId === undefined ? null : digest,
    }),
    tx.insert(referralCodes).values({ code, lane, accountId: id }),
    tx.insert(wallets).values({ lane, accountId: id, touchedAt: now }),
    ...(request.userId
      ? [tx.insert(accountOwners).values({ userId: request.userId, lane, accountId: id, createdAt: now })]
      : []),
  ]);
  const origin = await originOf(tx, request, { lane, id });
  const enrolledInReferral =
    referrer !== null && (await refer(tx, { lane, id, request, referrer, origin, signedUpAt, now }));
  const program = enrolledInReferral ? "referral" : "signup-bonus";
  const bonus = await termsInForce(tx, program, now);
  if (!bonus) throw new Error(`No terms of ${program} are in force`);
  await tx.insert(enrolments).values({
    lane,
    accountId: id,
    id: timeOrderedId(),
    program,
    termsId: bonus.id,
    notEligible: notEligible(origin, bonus.terms.signIns),
    createdAt: now,
  });
  return done({ lane, id, externalId });
}

interface Referrer {
  lane: number;
  id: string;
  email: string | null;
}

export async function findReferrer(tx: Tx, code: string): Promise<Referrer | null> {
  if (!referralCodePattern.test(code)) return null;
  const [found] = await tx
    .select({ lane: accounts.lane, id: accounts.id, email: accounts.email })
    .from(referralCodes)
    .innerJoin(accounts, and(eq(accounts.lane, referralCodes.lane), eq(accounts.id, referralCodes.accountId)))
    .where(and(eq(referralCodes.code, canonicalCode(code)), ne(accounts.status, "closed")));
  return found ?? null;
}

/**
 * New means: no earlier account, also a closed one, had the same normalised e-mail. The first one's row decides,
 * whatever races; it is looked for by hash after that, so that an address being forgotten meanwhile is seen either way.
 */
async function originOf(tx: Tx, request: NewAccount, account: { lane: number; id: string }): Promise<Origin> {
  const isNew = !request.email || (await isFirst(tx, normaliseEmail(request.email), account));
  const signedInBy = request.userId ? await methodOf(tx, request.userId) : null;
  return { isOldCustomer: request.newAccount === false, isNew, signedInBy };
}

async function isFirst(tx: Tx, emailNormal: string, { lane, id }: { lane: number; id: string }): Promise<boolean> {
  const first = await tx
    .insert(firstEmails)
    .values({ emailNormal, lane, accountId: id })
    .onConflictDoNothing()
    .returning();
  return first.length > 0 && !(await isForgotten(tx, emailNormal));
}

/**
 * Pins the pair to the referral terms in force.
 * @returns whether the referred account's own bonus comes from the referral.
 */
async function refer(
  tx: Tx,
  input: {
    lane: number;
    id: string;
    request: NewAccount;
    referrer: Referrer;
    origin: Origin;
    signedUpAt: Date;
    now: Date;
  },
): Promise<boolean> {
  const { lane, id, request, referrer, origin, signedUpAt, now } = input;
  const inForce = await termsInForce(tx, "referral", now);
  if (!inForce) return false;
  const ownEmail = request.email ? normaliseEmail(request.email) : null;
  const isSelf = ownEmail !== null && referrer.email !== null && normaliseEmail(referrer.email) === ownEmail;
  const voidReason = isSelf ? "self" : notEligible(origin, null) === "not_new" ? "not_new" : null;
  const { window } = inForce.terms.commission;
  await tx.insert(referrals).values({
    lane,
    referredId: id,
    id: timeOrderedId(),
    referrerLane: referrer.lane,
    referrerId: referrer.id,
    program: "referral",
    termsId: inForce.id,
    windowStart: signedUpAt,
    windowEnd: window.kind === "months" ? addCalendarMonths(signedUpAt, window.months) : null,
    voidReason,
    bonusEligible: notEligible(origin, inForce.terms.signIns) === null,
    createdAt: now,
  });
  return voidReason === null;
}

import "server-only";
import { and, count, eq, isNull, sql, sum } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts, referralCodes, wallets } from "@/db/schema/accounts";
import { linkFollows, referrals, referrerGathered, terms } from "@/db/schema/programs";
import { readEnv } from "@/lib/env";
import { amountText } from "@/lib/money/format";
import { ZERO } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";
import { firstNameIn } from "@/lib/services/accounts/first-name";
import type { AccountKey } from "./account-key";

/** How far those who followed a link came, as the machine API counts them; void referrals are among them. */
export interface ReferralStages {
  followed: number;
  /** Accounts opened through it. */
  signedUp: number;
  /** With any paid spend. */
  spending: number;
  /** Whose paid spend reached the bonus. */
  qualified: number;
  /** Those of them that earned commission; null for a referrer of very many, of whom each would have to be read. */
  earning: number | null;
}

export interface ReferralBonuses {
  drawn: number;
  /** Due, and not drawn yet; without those that never will be. */
  waiting: number;
  /** Drawn, and taken back because the spend behind them fell below the trigger. */
  takenBack: number;
  /** Those that stand, exact decimal dollars. */
  amount: string;
}

/** One of the codes that lead to an account. */
export interface OwnCode {
  code: string;
  /** By how many browsers its link was followed. */
  followed: number;
  /** Whether it is the one in the account's link now. */
  isCurrent: boolean;
}

export interface ReferralLink {
  url: string;
  code: string;
  /** The current one first, then as they were given out. */
  codes: OwnCode[];
  /** The first word of the account's name, where it has one that may be shown. */
  firstName: string | null;
  /** Whether whoever follows the link is told it. */
  firstNameShown: boolean;
}

/** An account's referral link and what came of it. */
export async function referralLink(
  account: AccountKey,
): Promise<ReferralLink & { stages: ReferralStages; bonuses: ReferralBonuses }> {
  await connection();
  const [link, { stages, bonuses }] = await Promise.all([linkOf(account), gatheredOf(account)]);
  const earning = stages.signedUp > READ_EACH_MAX ? null : await countEarning(account);
  const followed = link.codes.reduce((sum, each) => sum + each.followed, 0);
  return { ...link, stages: { followed, ...stages, earning }, bonuses };
}

/** The link alone. */
export async function referralUrl(account: AccountKey): Promise<string> {
  await connection();
  return (await linkOf(account)).url;
}

const urlOf = (code: string): string => new URL(`/r/${code}`, readEnv(["NEXTAUTH_URL"]).NEXTAUTH_URL).href;

async function linkOf(account: AccountKey): Promise<ReferralLink> {
  const [[own], codes] = await Promise.all([
    db()
      .select({ code: accounts.referralCode, name: accounts.name, firstNameShown: accounts.firstNameShown })
      .from(accounts)
      .where(and(eq(accounts.lane, account.lane), eq(accounts.id, account.id))),
    db()
      .select({ code: referralCodes.code, followed: sum(linkFollows.count) })
      .from(referralCodes)
      .leftJoin(linkFollows, eq(linkFollows.code, referralCodes.code))
      .where(eq(referralCodes.accountId, account.id))
      .groupBy(referralCodes.code, referralCodes.chosenAt)
      .orderBy(sql`${referralCodes.chosenAt} nulls first`),
  ]);
  if (!own) throw new Error(`There is no account ${account.id}`);
  const { code, name, firstNameShown } = own;
  return {
    url: urlOf(code),
    code,
    codes: codes
      .map((each) => ({ code: each.code, followed: Number(each.followed ?? 0), isCurrent: each.code === code }))
      .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent)),
    firstName: firstNameIn(name),
    firstNameShown,
  };
}

/** What came of the referrals: gathered as it happens, so that it costs the same for one and for a hundred thousand. */
async function gatheredOf(account: AccountKey): Promise<{
  stages: Omit<ReferralStages, "followed" | "earning">;
  bonuses: ReferralBonuses;
}> {
  const [row] = await db()
    .select()
    .from(referrerGathered)
    .where(and(eq(referrerGathered.lane, account.lane), eq(referrerGathered.referrerId, account.id)));
  const { signedUp = 0n, spending = 0n, qualified = 0n, waiting = 0n, drawn = 0n, takenBack = 0n } = row ?? {};
  return {
    stages: { signedUp: Number(signedUp), spending: Number(spending), qualified: Number(qualified) },
    bonuses: {
      waiting: Number(waiting),
      drawn: Number(drawn),
      takenBack: Number(takenBack),
      amount: amountText(row?.amount ?? ZERO),
    },
  };
}

/** How many referrals are read one by one while a page is made. */
const READ_EACH_MAX = 5_000;

async function countEarning(account: AccountKey): Promise<number> {
  const rate = (service: Service) => sql`(${terms.parameters} #>> ${`{commission,rates,${service}}`}::text[])::numeric`;
  const earned = sql`${wallets.basePod} * ${rate("pod")} + ${wallets.baseServerless} * ${rate("serverless")}
    + ${wallets.baseStorage} * ${rate("storage")}`;
  const [row] = await db()
    .select({ earning: count() })
    .from(referrals)
    .innerJoin(terms, eq(terms.id, referrals.termsId))
    .innerJoin(wallets, and(eq(wallets.lane, referrals.lane), eq(wallets.accountId, referrals.referredId)))
    .where(
      and(
        eq(referrals.referrerId, account.id),
        isNull(referrals.voidReason),
        sql`${referrals.hold} is distinct from 'refused'`,
        wallets.bonusReached,
        sql`${earned} > 0`,
      ),
    );
  return row?.earning ?? 0;
}

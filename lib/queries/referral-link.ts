import "server-only";
import { and, count, eq, sql, sum } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts, wallets } from "@/db/schema/accounts";
import { draws, linkFollows, referrals, rewards } from "@/db/schema/programs";
import { readEnv } from "@/lib/env";
import { amountText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { CAP, refusedReason } from "@/lib/programs/suspicion";
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

/** An account's referral link and what came of it. */
export async function referralLink(
  account: AccountKey,
): Promise<{ url: string; stages: ReferralStages; bonuses: ReferralBonuses }> {
  await connection();
  const [link, stages, bonuses] = await Promise.all([linkOf(account), stagesOf(account), bonusesOf(account)]);
  return {
    url: urlOf(link.code),
    stages: { followed: link.followed, ...stages },
    bonuses,
  };
}

/** The link alone. */
export async function referralUrl(account: AccountKey): Promise<string> {
  await connection();
  return urlOf((await linkOf(account)).code);
}

const urlOf = (code: string): string => new URL(`/r/${code}`, readEnv(["NEXTAUTH_URL"]).NEXTAUTH_URL).href;

async function linkOf(account: AccountKey): Promise<{ code: string; followed: number }> {
  const [own] = await db()
    .select({ code: accounts.referralCode, followed: sum(linkFollows.count) })
    .from(accounts)
    .leftJoin(linkFollows, eq(linkFollows.code, accounts.referralCode))
    .where(and(eq(accounts.lane, account.lane), eq(accounts.id, account.id)))
    .groupBy(accounts.referralCode);
  if (!own) throw new Error(`There is no account ${account.id}`);
  return { code: own.code, followed: Number(own.followed ?? 0) };
}

async function stagesOf(account: AccountKey): Promise<Omit<ReferralStages, "followed">> {
  const spent = sql`${wallets.spentPod} + ${wallets.spentServerless} + ${wallets.spentStorage} > 0`;
  const [row] = await db()
    .select({
      signedUp: count(),
      spending: sql<number>`count(*) filter (where ${spent})`.mapWith(Number),
      qualified: sql<number>`count(*) filter (where ${wallets.bonusReached})`.mapWith(Number),
    })
    .from(referrals)
    .innerJoin(wallets, and(eq(wallets.lane, referrals.lane), eq(wallets.accountId, referrals.referredId)))
    .where(eq(referrals.referrerId, account.id));
  return row ?? { signedUp: 0, spending: 0, qualified: 0 };
}

async function bonusesOf(account: AccountKey): Promise<ReferralBonuses> {
  const drawn = eq(draws.state, "drawn");
  const coming = sql`(${draws.heldReason} is null or ${draws.heldReason} <> ${CAP}
                      and not starts_with(${draws.heldReason}, ${refusedReason("")}))`;
  const [row] = await db()
    .select({
      waiting: sql<number>`count(*) filter (where not ${drawn} and ${coming})`.mapWith(Number),
      drawn: sql<number>`count(*) filter (where ${drawn})`.mapWith(Number),
      takenBack: sql<number>`count(*) filter (where ${drawn} and not ${rewards.posted})`.mapWith(Number),
      amount: sql<string | null>`sum(${draws.amount}) filter (where ${rewards.posted})`,
    })
    .from(draws)
    .leftJoin(
      rewards,
      and(
        eq(rewards.lane, draws.beneficiaryLane),
        eq(rewards.accountId, draws.beneficiaryId),
        eq(rewards.id, draws.id),
      ),
    )
    .where(and(eq(draws.beneficiaryId, account.id), eq(draws.kind, "referral")));
  const { amount, ...counts } = row ?? { drawn: 0, waiting: 0, takenBack: 0, amount: null };
  return { ...counts, amount: amountText(nanos(BigInt(amount ?? 0))) };
}

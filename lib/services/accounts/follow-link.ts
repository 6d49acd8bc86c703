import { and, eq, ne, sql } from "drizzle-orm";
import { accounts, referralCodes } from "@/db/schema/accounts";
import { linkFollows } from "@/db/schema/programs";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { canonicalCode, referralCodePattern } from "./referral-code";

interface FollowLink {
  code: string;
  /** False for a browser that followed it before: it is one visitor however often it comes. */
  isNewVisitor: boolean;
}

/**
 * Somebody followed a referral link: counts them for the day (UTC), and keeps nothing else of them. `not_found` when no
 * account has this code, or the one that had it is closed.
 * @returns the code and the instant, to be kept by the browser until sign-up.
 */
export async function followLink(
  ctx: Context,
  { code: typed, isNewVisitor }: FollowLink,
): Promise<Result<{ code: string; followedAt: Date }>> {
  const code = canonicalCode(typed);
  const unknown = refused("not_found", "No account has this referral code. Ask for the link again.", "code");
  if (!referralCodePattern.test(code)) return unknown;
  const [known] = await ctx.db
    .select({ accountId: referralCodes.accountId })
    .from(referralCodes)
    .innerJoin(accounts, and(eq(accounts.lane, referralCodes.lane), eq(accounts.id, referralCodes.accountId)))
    .where(and(eq(referralCodes.code, code), ne(accounts.status, "closed")));
  if (!known) return unknown;

  const followedAt = ctx.clock();
  if (isNewVisitor) {
    await ctx.db
      .insert(linkFollows)
      .values({ code, day: followedAt.toISOString().slice(0, 10), count: 1 })
      .onConflictDoUpdate({
        target: [linkFollows.code, linkFollows.day],
        set: { count: sql`${linkFollows.count} + 1` },
      });
    notifyChanged(ctx.db, [known.accountId]);
  }
  return done({ code, followedAt });
}

import { eq, sql } from "drizzle-orm";
import { referralCodes } from "@/db/schema/accounts";
import { linkFollows } from "@/db/schema/programs";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { referralCodePattern } from "./referral-code";

/**
 * Somebody followed a referral link: counts it for the day (UTC). `not_found` when no account has this code.
 * @returns the code and the instant, to be kept by the browser until sign-up.
 */
export async function followLink(
  ctx: Context,
  { code }: { code: string },
): Promise<Result<{ code: string; followedAt: Date }>> {
  const unknown = refused("not_found", "No account has this referral code. Ask for the link again.", "code");
  if (!referralCodePattern.test(code)) return unknown;
  const known = await ctx.db
    .select({ code: referralCodes.code })
    .from(referralCodes)
    .where(eq(referralCodes.code, code));
  if (known.length === 0) return unknown;

  const followedAt = ctx.clock();
  await ctx.db
    .insert(linkFollows)
    .values({ code, day: followedAt.toISOString().slice(0, 10), count: 1 })
    .onConflictDoUpdate({ target: [linkFollows.code, linkFollows.day], set: { count: sql`${linkFollows.count} + 1` } });
  return done({ code, followedAt });
}

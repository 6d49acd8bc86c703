import "server-only";
import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { connection } from "next/server";
import { cache } from "react";
import { db } from "@/db/client";
import { accounts, referralCodes } from "@/db/schema/accounts";
import { firstNameIn } from "@/lib/services/accounts/first-name";
import { canonicalCode, referralCodePattern } from "@/lib/services/accounts/referral-code";

/** What anybody may know of a referral link. */
export type Invitation =
  | {
      state: "open";
      code: string;
      /** The referrer's, only where they allow it. */
      firstName: string | null;
      /** Hex digits that the link's picture is engraved from. */
      seed: string;
    }
  /** The account that had the link is closed, or there never was one. */
  | { state: "closed" | "unknown" };

/** Whose link a code is, as far as whoever follows it may be told. */
export const invitationOf = cache(async (typed: string): Promise<Invitation> => {
  await connection();
  const code = canonicalCode(typed);
  if (!referralCodePattern.test(code)) return { state: "unknown" };
  const [found] = await db()
    .select({ name: accounts.name, shown: accounts.firstNameShown, status: accounts.status })
    .from(referralCodes)
    .innerJoin(accounts, and(eq(accounts.lane, referralCodes.lane), eq(accounts.id, referralCodes.accountId)))
    .where(eq(referralCodes.code, code));
  if (!found) return { state: "unknown" };
  if (found.status === "closed") return { state: "closed" };
  const firstName = found.shown ? firstNameIn(found.name) : null;
  return { state: "open", code, firstName, seed: createHash("sha256").update(code).digest("hex") };
});

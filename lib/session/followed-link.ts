import "server-only";
import { cookies } from "next/headers";
import { readEnv } from "@/lib/env";
import { type Invitation, invitationOf } from "@/lib/queries/invitation";
import { referralCookieName } from "./cookie-names";
import { isHttps, publicOrigin } from "./public-origin";
import { readSession } from "./read-session";
import { LINK_LIFE_SECONDS, latestLink } from "./referral-cookie";

/** The link that will count if an account is opened now. */
export interface FollowedLink {
  invitation: Extract<Invitation, { state: "open" }>;
  /** ISO 8601; until then a sign-up counts. */
  until: string;
}

/** The referral link this browser followed; null where none counts. Costs nothing where none was followed. */
export const followedLink = (): Promise<FollowedLink | null> => followedHere(undefined);

/** The same, or a later one that came along in a confirmation mail. */
export async function followedHere(carried: string | undefined): Promise<FollowedLink | null> {
  const kept = (await cookies()).get(referralCookieName(isHttps(publicOrigin())))?.value;
  if (kept === undefined && carried === undefined) return null;
  const { NEXTAUTH_SECRET } = readEnv(["NEXTAUTH_SECRET"]);
  const link = latestLink([kept, carried], NEXTAUTH_SECRET, new Date());
  if (!link) return null;
  const invitation = await invitationOf(link.code);
  if (invitation.state !== "open") return null;
  return { invitation, until: new Date(link.followedAt.getTime() + LINK_LIFE_SECONDS * 1_000).toISOString() };
}

/** The same for a visitor: nobody who has an account is referred any more. */
export async function invitedHere(): Promise<FollowedLink | null> {
  const [followed, session] = await Promise.all([followedLink(), readSession()]);
  return session === null ? followed : null;
}

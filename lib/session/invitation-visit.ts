import "server-only";
import type { Invitation } from "@/lib/queries/invitation";
import { invitationOf } from "@/lib/queries/invitation";
import { type FollowedLink, followedLink } from "./followed-link";
import { publicOrigin } from "./public-origin";
import { readSession } from "./read-session";
import { sameOriginPath } from "./same-origin-path";

export interface InvitationVisit {
  invitation: Invitation;
  /** The link that counts if an account is opened now: this one, or one that was followed before. */
  followed: FollowedLink | null;
  /** Whether `followed` is this one. */
  isFollowed: boolean;
  isSignedIn: boolean;
  /** The page that was asked for with the code, or the landing page. */
  next: string;
}

/** What the page of a referral link shows to whoever opens it. */
export async function invitationVisit(code: string, next: string | string[] | undefined): Promise<InvitationVisit> {
  const [invitation, followed, session] = await Promise.all([invitationOf(code), followedLink(), readSession()]);
  return {
    invitation,
    followed,
    isFollowed: invitation.state === "open" && followed?.invitation.code === invitation.code,
    isSignedIn: session !== null,
    next: sameOriginPath([next].flat()[0], publicOrigin(), "/"),
  };
}

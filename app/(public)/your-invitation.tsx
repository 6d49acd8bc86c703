import { ForgottenNotice } from "@/components/invitation/forgotten-notice";
import { InvitationStrip } from "@/components/invitation/invitation-strip";
import { invitationInForce } from "@/lib/queries/programs";
import { invitedHere } from "@/lib/session/followed-link";
import { forgetLink } from "@/lib/session/forget-link";
import type { SearchParameters } from "@/lib/session/sign-in-visit";

interface YourInvitationProps {
  /** The path of the page it stands on, where "that's not right" leads back to. */
  here: string;
  searchParams: Promise<SearchParameters>;
}

/**
 * On top of a page that anyone may read, for a referral link leads to any of them: who invited a visitor, to what, and
 * the way out. Nothing for others.
 */
export async function YourInvitation({ here, searchParams }: YourInvitationProps) {
  const [invited, { link }] = await Promise.all([invitedHere(), searchParams]);
  const terms = invited && (await invitationInForce());
  const isForgotten = invited === null && link === "forgotten";
  if (!terms && !isForgotten) return null;
  return (
    <div className="mb-8">
      {isForgotten && <ForgottenNotice />}
      {terms && (
        <InvitationStrip
          firstName={invited.invitation.firstName}
          terms={terms}
          until={invited.until}
          forget={forgetLink}
          back={here}
        />
      )}
    </div>
  );
}

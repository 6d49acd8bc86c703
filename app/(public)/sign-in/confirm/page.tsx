import type { Metadata } from "next";
import { CameByLink } from "@/components/invitation/came-by-link";
import { ForgottenNotice } from "@/components/invitation/forgotten-notice";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { invitationInForce } from "@/lib/queries/programs";
import { CARRIED, confirmAction, readConfirmLink, withoutReferral } from "@/lib/session/confirm-link";
import { followedHere } from "@/lib/session/followed-link";
import { forgetLink } from "@/lib/session/forget-link";
import { explanationOf } from "@/lib/session/problems";
import { publicOrigin } from "@/lib/session/public-origin";
import { readSession } from "@/lib/session/read-session";
import type { SearchParameters } from "@/lib/session/sign-in-visit";

export const metadata: Metadata = { title: "Confirm your sign-in" };

export default async function ConfirmPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const parameters = await searchParams;
  const session = await readSession();
  const link = readConfirmLink(parameters);
  const followed = link && (await followedHere(link[CARRIED]));
  const terms = followed && (await invitationInForce());
  const { title, text } = explanationOf("Verification");
  return (
    <div className="mx-auto grid w-full max-w-sm gap-4 py-6 sm:py-12">
      <PageHeader title="Confirm your sign-in" />
      {!link && (
        <Notice
          look="warn"
          title={title}
          announce
          action={
            <ButtonLink href="/sign-in" small>
              Ask for a new link
            </ButtonLink>
          }
        >
          {text}
        </Notice>
      )}
      {link && (
        <form method="post" action={confirmAction(link, publicOrigin())} className="grid gap-4">
          <p>
            This signs you in to Tenspot, in this browser, as <strong className="wrap-anywhere">{link.email}</strong>.
            {session && session.user.email !== link.email && ` ${session.user.email} is signed out here.`}
          </p>
          <Button type="submit" look="primary">
            Sign in
          </Button>
          <p className="text-muted text-sm">You did not ask for this? Close the page: nothing has happened.</p>
        </form>
      )}
      {link && followed && (
        <CameByLink
          firstName={followed.invitation.firstName}
          terms={terms}
          forget={forgetLink}
          back={withoutReferral(link)}
        />
      )}
      {link && !followed && parameters.link === "forgotten" && <ForgottenNotice />}
    </div>
  );
}

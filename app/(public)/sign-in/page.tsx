import type { Metadata } from "next";
import { CameByLink } from "@/components/invitation/came-by-link";
import { ForgottenNotice } from "@/components/invitation/forgotten-notice";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { invitationInForce } from "@/lib/queries/programs";
import { forgetLink } from "@/lib/session/forget-link";
import { explanationOf } from "@/lib/session/problems";
import { type SearchParameters, signInVisit } from "@/lib/session/sign-in-visit";
import { SignedInAs } from "./signed-in-as";
import { Ways } from "./ways";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const { csrfToken, next, problem, user, followed, hasForgotten } = await signInVisit(await searchParams);
  const terms = followed && (await invitationInForce());
  const explanation = problem && explanationOf(problem);
  return (
    <div className="mx-auto grid w-full max-w-sm gap-4 py-6 sm:py-12">
      <PageHeader
        title="Sign in"
        lead={user ? undefined : "New here? Signing in opens your account; there is no password."}
      />
      {explanation && (
        <Notice look="warn" title={explanation.title} announce>
          {explanation.text}
        </Notice>
      )}
      {user && <SignedInAs email={user.email} next={next} />}
      {!user && csrfToken && <Ways csrfToken={csrfToken} next={next} />}
      {!user && !csrfToken && (
        <p>
          <a className="link" href={`/sign-in?${new URLSearchParams({ next })}`}>
            Load this page again
          </a>
        </p>
      )}
      {!user && followed && (
        <CameByLink
          firstName={followed.invitation.firstName}
          terms={terms}
          forget={forgetLink}
          back={`/sign-in?${new URLSearchParams({ next })}`}
        />
      )}
      {!user && !followed && hasForgotten && <ForgottenNotice />}
    </div>
  );
}

import type { Metadata } from "next";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { explanationOf } from "@/lib/session/problems";
import { type SearchParameters, signInVisit } from "@/lib/session/sign-in-visit";
import { SignedInAs } from "./signed-in-as";
import { Ways } from "./ways";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const { csrfToken, next, problem, user, followedAt } = await signInVisit(await searchParams);
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
      {!user && followedAt && (
        <p className="text-muted text-sm">You came by a referral link: a new account will be opened as referred.</p>
      )}
    </div>
  );
}

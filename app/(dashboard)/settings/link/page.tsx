import type { Metadata } from "next";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { requireAccount } from "@/lib/session/current-account";
import { linkVisit } from "@/lib/session/link-visit";

export const metadata: Metadata = { title: "Add a way to sign in" };

const providers = { google: "Google", github: "GitHub" } as const;

const Address = ({ children }: { children: string }) => (
  <strong className="wrap-anywhere font-medium">{children}</strong>
);

export default async function LinkPage({ searchParams }: { searchParams: Promise<{ fetched?: string | string[] }> }) {
  const { user } = await requireAccount("/settings");
  const visit = await linkVisit("/settings/link", (await searchParams).fetched !== undefined);
  return (
    <>
      <PageHeader title="Add a way to sign in" />
      {visit ? (
        <form method="post" action={`/api/auth/signin/${visit.way}`} className="grid max-w-prose gap-4">
          <input type="hidden" name="csrfToken" value={visit.csrfToken} />
          <input type="hidden" name="callbackUrl" value="/settings?added=1" />
          {visit.way === "email" ? (
            <>
              <input type="hidden" name="email" value={user.email} />
              <p>
                A link is sent to <Address>{user.email}</Address>. Open it in this browser within a quarter of an hour:
                from then on whoever reads the mail of this address can open this account with a link like it.
              </p>
            </>
          ) : (
            <p>
              {providers[visit.way]} asks who you are. From then on whoever signs in there as that person opens this
              account, <Address>{user.email}</Address>, as well. Choose an identity that is yours alone.
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary">
              {visit.way === "email" ? "Send the link" : `Go on to ${providers[visit.way]}`}
            </Button>
            <ButtonLink href="/settings">Leave it</ButtonLink>
          </div>
        </form>
      ) : (
        <Notice
          look="warn"
          title="Nothing is being added"
          action={
            <ButtonLink href="/settings" small>
              Back to settings
            </ButtonLink>
          }
        >
          It has to be asked for under Settings, in this browser, at most a quarter of an hour before.
        </Notice>
      )}
    </>
  );
}

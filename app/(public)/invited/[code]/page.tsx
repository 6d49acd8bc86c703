import type { Metadata } from "next";
import { BothSides } from "@/components/invitation/both-sides";
import { InvitationHero } from "@/components/invitation/invitation-hero";
import { invitedBy } from "@/components/invitation/invited-words";
import { NoInvitation } from "@/components/invitation/no-invitation";
import { gpusToReckonWith } from "@/components/landing/examples";
import { TenDollars } from "@/components/landing/ten-dollars";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { invitationTerms } from "@/lib/programs/invitation";
import { noteWords } from "@/lib/programs/note-words";
import { oddsSentence } from "@/lib/programs/sentences";
import { invitationOf } from "@/lib/queries/invitation";
import { podPrices } from "@/lib/queries/prices";
import { referralInForce } from "@/lib/queries/programs";
import { forgetLink } from "@/lib/session/forget-link";
import { invitationVisit } from "@/lib/session/invitation-visit";

interface InvitationPageProps {
  params: Promise<{ code: string }>;
  searchParams: Promise<{ next?: string | string[] }>;
}

const plain = "Prepaid GPU credit, every cent explained.";

export async function generateMetadata({ params }: InvitationPageProps): Promise<Metadata> {
  const [invitation, current] = await Promise.all([invitationOf((await params).code), referralInForce()]);
  if (invitation.state !== "open") return { title: "No such link", robots: { index: false } };
  const { code, firstName } = invitation;
  const title = `${invitedBy(firstName)} to Tenspot`;
  const description = current ? invitationTerms(current).offer : plain;
  const image = { url: `/invited/${code}/card.png`, width: 1200, height: 630, alt: `${title}. ${description}` };
  return {
    title: { absolute: title },
    description,
    // Each link's page is for whoever was sent it, and no search needs them all.
    robots: { index: false },
    alternates: { canonical: `/r/${code}` },
    openGraph: { type: "website", siteName: "Tenspot", url: `/r/${code}`, title, description, images: [image] },
    twitter: { card: "summary_large_image", title, description, images: [image] },
  };
}

export default async function InvitationPage({ params, searchParams }: InvitationPageProps) {
  const [visit, current, prices] = await Promise.all([
    invitationVisit((await params).code, (await searchParams).next),
    referralInForce(),
    podPrices(),
  ]);
  const { invitation, followed, isFollowed, isSignedIn, next } = visit;
  if (invitation.state !== "open") {
    return <NoInvitation state={invitation.state} followed={followed} next={next} forget={forgetLink} />;
  }
  const { firstName, code, seed } = invitation;
  const told = current && invitationTerms(current);
  return (
    <div className="grid gap-12">
      <InvitationHero
        code={code}
        firstName={firstName}
        seed={seed}
        offer={told?.offer ?? plain}
        words={current ? noteWords(current) : null}
        until={isFollowed && followed ? followed.until : null}
        isSignedIn={isSignedIn}
        next={next}
        forget={forgetLink}
      />
      {told && (
        <Section title="What both of you get">
          <BothSides terms={told} firstName={firstName} />
          {current?.bonus.kind === "draw" && (
            <p className="mt-4 max-w-prose text-muted text-sm">
              {oddsSentence(current.bonus.odds)} Anyone can{" "}
              <Link className="link" href="/fairness">
                check a draw
              </Link>
              .
            </p>
          )}
        </Section>
      )}
      {current?.trigger.kind === "spend" && (
        <Section title="Spent, not deposited">
          <TenDollars trigger={current.trigger.amount} gpu={gpusToReckonWith(prices)[0]} />
        </Section>
      )}
      <Section title="What they see of you">
        <p className="max-w-prose">
          {firstName ?? "Whoever invited you"} sees the day you sign up, whether you spend and reach the bonus, and what
          they earn by it, for each service. Never your name, your e-mail address, or what you run.
        </p>
      </Section>
    </div>
  );
}

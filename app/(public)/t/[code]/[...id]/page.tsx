import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { YourInvitation } from "@/app/(public)/your-invitation";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyField } from "@/components/ui/copy-field";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { programSentences } from "@/lib/programs/sentences";
import { currentPrograms } from "@/lib/queries/programs";
import { sharedPath, sharedTemplate } from "@/lib/queries/shared-template";
import { currentAccount } from "@/lib/session/current-account";
import { invitedHere } from "@/lib/session/followed-link";
import type { SearchParameters } from "@/lib/session/sign-in-visit";

export const metadata: Metadata = { title: "A pod template", robots: { index: false } };

interface SharedTemplatePageProps {
  params: Promise<{ code: string; id: string[] }>;
  searchParams: Promise<SearchParameters>;
}

/** What somebody reads who was sent a template: who invited them, how to start it, and what signing up brings. */
export default async function SharedTemplatePage({ params, searchParams }: SharedTemplatePageProps) {
  const { code, id } = await params;
  const template = await sharedTemplate(code, id.map(decoded).join("/"));
  if (!template) notFound();
  const [account, invited, programs] = await Promise.all([currentAccount(), invitedHere(), currentPrograms()]);
  const signup = programs.find(({ terms }) => terms.program === "signup-bonus");
  // Whoever was invited is told above what they get, which the terms of referrals say.
  const offer =
    invited || !signup ? "Signing in opens your account; there is no password." : programSentences(signup.terms).offer;
  return (
    <>
      <YourInvitation here={sharedPath(code, template.externalId)} searchParams={searchParams} />
      <PageHeader title={template.name} lead="A pod template somebody sent you." />
      <div className="grid gap-8">
        <Section
          title="Start it"
          lead="Choose it by its id where you start pods. It costs what the GPU costs: its creator is paid by the platform, not by you."
        >
          <div className="max-w-xl">
            <CopyField label="The template's id" value={template.externalId} />
          </div>
        </Section>
        {account === null && (
          <Section title="New here?" lead={offer}>
            <ButtonLink href="/sign-in" look="primary">
              Sign up
            </ButtonLink>
          </Section>
        )}
      </div>
    </>
  );
}

/** A part of an address as it was meant; as it stands where it is no proper encoding of anything. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { YourInvitation } from "@/app/(public)/your-invitation";
import { CopyField } from "@/components/ui/copy-field";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { sharedPath, sharedTemplate } from "@/lib/queries/shared-template";
import { currentAccount } from "@/lib/session/current-account";
import type { SearchParameters } from "@/lib/session/sign-in-visit";
import { NewHere } from "./new-here";

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
  const [account, { link }] = await Promise.all([currentAccount(), searchParams]);
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
        {account === null && <NewHere code={code} hasForgotten={link === "forgotten"} />}
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

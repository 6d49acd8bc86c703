import type { Metadata } from "next";
import { YourInvitation } from "@/app/(public)/your-invitation";
import { AnswerList } from "@/components/help/answer-list";
import { helpTopics } from "@/components/help/answers";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { currentPrograms } from "@/lib/queries/programs";
import type { SearchParameters } from "@/lib/session/sign-in-visit";

export const metadata: Metadata = {
  title: "Help",
  description: "How the bonus, referrals, templates, credit and payments work, from the terms in force.",
};

export default async function HelpPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const programs = await currentPrograms();
  return (
    <>
      <YourInvitation here="/help" searchParams={searchParams} />
      <PageHeader
        title="Help"
        lead="Answered from the terms in force: every figure here is one the ledger runs by."
        actions={
          <ButtonLink href="/help/ask" small>
            Ask a person
          </ButtonLink>
        }
      />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        {helpTopics(programs.map(({ terms }) => terms)).map(({ title, answers }) => (
          <Section key={title} title={title}>
            <AnswerList answers={answers} />
          </Section>
        ))}
      </div>
    </>
  );
}

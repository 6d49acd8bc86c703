import type { Metadata } from "next";
import { YourInvitation } from "@/app/(public)/your-invitation";
import { AnswerList } from "@/components/help/answer-list";
import { helpTopics } from "@/components/help/answers";
import { WithoutSignIn } from "@/components/help/without-sign-in";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { currentPrograms } from "@/lib/queries/programs";
import { supportAddress } from "@/lib/queries/support";
import { pageNamed } from "@/lib/services/support/support-context";
import { readSession } from "@/lib/session/read-session";
import type { SearchParameters } from "@/lib/session/sign-in-visit";

export const metadata: Metadata = {
  title: "Help",
  description: "How the bonus, referrals, templates, credit and payments work, from the terms in force.",
};

export default async function HelpPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const [programs, session, { page }] = await Promise.all([currentPrograms(), readSession(), searchParams]);
  const about = pageNamed(typeof page === "string" ? page : null);
  return (
    <>
      <YourInvitation here="/help" searchParams={searchParams} />
      <PageHeader
        title="Help"
        lead="Answered from the terms in force: every figure here is one the ledger runs by."
        actions={
          <ButtonLink href={about ? `/help/ask?${new URLSearchParams({ page: about })}` : "/help/ask"} small>
            Ask a person
          </ButtonLink>
        }
      />
      {session === null && <WithoutSignIn address={supportAddress()} />}
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

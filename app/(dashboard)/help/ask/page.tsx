import type { Metadata } from "next";
import { Instant } from "@/components/instant";
import { AskForm } from "@/components/support/ask-form";
import { ContextFacts } from "@/components/support/context-facts";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { contextToSend, ownQuestions } from "@/lib/queries/support";
import { pageNamed } from "@/lib/services/support/support-context";
import { requireAccount } from "@/lib/session/current-account";
import { sendQuestion } from "./actions";

export const metadata: Metadata = { title: "Ask a person" };

interface AskProps {
  searchParams: Promise<{ page?: string | string[] }>;
}

export default async function AskPage({ searchParams }: AskProps) {
  const account = await requireAccount();
  const { page } = await searchParams;
  const about = pageNamed(typeof page === "string" ? page : null);
  const [context, questions] = await Promise.all([contextToSend(account, about), ownQuestions(account)]);
  return (
    <>
      <PageHeader
        title="Ask a person"
        lead={`It reaches the operator's inbox. The answer goes to ${account.user.email}, and stands here.`}
        actions={
          <ButtonLink href="/help" small>
            What others ask
          </ButtonLink>
        }
      />
      <div className="grid gap-8">
        <div className="grid gap-8 lg:grid-cols-[3fr_2fr] lg:gap-10">
          <Section title="Your question">
            <AskForm action={sendQuestion} page={about} />
          </Section>
          <Section
            title="What goes along"
            lead="So that you need not explain what the books say. Nothing else is sent."
          >
            <ContextFacts context={context} linked />
          </Section>
        </div>
        {questions.length > 0 && (
          <Section title="What you asked">
            <ul className="border-line border-t">
              {questions.map(({ id, askedAt, subject, message, answer }) => (
                <li key={id} className="grid gap-1 border-line border-b py-3">
                  <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                    <h3 className="font-medium">{subject}</h3>
                    <p className="flex items-baseline gap-2 text-muted text-sm">
                      <Instant at={askedAt} />
                      <Badge tone={answer ? "good" : "wait"}>{answer ? "Answered" : "Waits"}</Badge>
                    </p>
                  </div>
                  <p className="max-w-prose whitespace-pre-line break-words text-muted text-sm">{message}</p>
                  {answer && (
                    <p className="mt-1 max-w-prose whitespace-pre-line break-words border-accent border-l-2 pl-3 text-sm">
                      {answer.text}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { Instant } from "@/components/instant";
import { AnswerForm } from "@/components/operator/answer-form";
import { Folded } from "@/components/operator/folded";
import { NamedAccount } from "@/components/operator/named-account";
import { ContextFacts } from "@/components/support/context-facts";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { type AskedQuestion, questionsToAnswer } from "@/lib/queries/support";
import { requireOperator } from "@/lib/session/current-operator";
import { sendAnswer } from "./actions";

export const metadata: Metadata = { title: "Questions" };

export default async function SupportPage({ searchParams }: SearchProps) {
  await requireOperator();
  const { waiting, answered } = await questionsToAnswer();
  const id = given(await searchParams, "answered");
  const just = answered.find((question) => question.id === id);
  return (
    <>
      <PageHeader title="Questions" lead="What customers asked, with what the books said at that moment." />
      <div className="grid gap-8">
        {just && (
          <Notice announce title={`“${just.subject}” is answered.`}>
            {just.email === null
              ? "They find the answer in their list: no address of theirs was proved."
              : `They find the answer in their list, and it is mailed to ${just.email}.`}
          </Notice>
        )}
        <Section title="Waiting">
          {waiting.length > 0 ? (
            <ul>
              {waiting.map((question) => (
                <li key={question.id} className="border-line border-b py-3 first:pt-0">
                  <Question question={question} />
                  <div className="mt-2 grid gap-3">
                    <Folded label="What the books said" about={`when “${question.subject}” was asked`}>
                      <ContextFacts context={question.context} />
                    </Folded>
                    <Folded label="Answer" about={`“${question.subject}”`}>
                      <AnswerForm action={sendAnswer} id={question.id} subject={question.subject} />
                    </Folded>
                  </div>
                </li>
              ))}
            </ul>
          ) : (
            <EmptyState title="No question waits">
              Customers ask from the help page, and from pages that fail.
            </EmptyState>
          )}
        </Section>
        {answered.length > 0 && (
          <Section title="Answered">
            <ul>
              {answered.map((question) => (
                <li key={question.id} className="border-line border-b py-3 first:pt-0">
                  <Question question={question} />
                  <p className="mt-1 max-w-prose whitespace-pre-line break-words border-accent border-l-2 pl-3 text-sm">
                    {question.answer?.text}
                  </p>
                  <p className="mt-1 text-muted text-sm">
                    {question.answeredBy}, {question.answer && <Instant at={question.answer.at} />}
                  </p>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

function Question({ question: { subject, askedAt, message, context, email } }: { question: AskedQuestion }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium">{subject}</h3>
        <p className="text-muted text-sm">
          asked <Instant at={askedAt} />
        </p>
      </div>
      <p className="text-muted text-sm">
        <NamedAccount name={context.account} />
        {email !== null && `, ${email}`}
      </p>
      <p className="mt-1 max-w-prose whitespace-pre-line break-words text-sm">{message}</p>
    </>
  );
}

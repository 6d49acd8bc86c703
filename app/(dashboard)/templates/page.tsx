import type { Metadata } from "next";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { ProgramRules } from "@/components/referrals/program-rules";
import { RegisterForm } from "@/components/templates/register-form";
import { TemplateItem } from "@/components/templates/template-item";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { programSentences } from "@/lib/programs/sentences";
import { royaltiesEarned } from "@/lib/queries/earnings";
import { currentPrograms } from "@/lib/queries/programs";
import { templatesPage } from "@/lib/queries/templates";
import { requireAccount } from "@/lib/session/current-account";
import { registerTemplate } from "./actions";

export const metadata: Metadata = { title: "Templates" };

interface TemplatesPageProps {
  searchParams: Promise<{ after?: string | string[] }>;
}

export default async function TemplatesPage({ searchParams }: TemplatesPageProps) {
  const account = await requireAccount();
  const { after } = await searchParams;
  const [earned, page, programs] = await Promise.all([
    royaltiesEarned(account),
    templatesPage(account, typeof after === "string" ? after : null),
    currentPrograms(),
  ]);
  const current = programs.find(({ terms }) => terms.program === "template-beta");
  const rules = current && programSentences(current.terms);
  return (
    <>
      <LiveRefresh />
      <PageHeader title="Templates" lead={rules?.offer} />
      <div className="grid gap-8">
        <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
          <FigureLine label="Royalty earned" note="Of all your templates: exact to the last digit, and live.">
            <LiveMoney amount={earned.accrued} size="xl" />
          </FigureLine>
          <Facts>
            <Fact term="Released" note="In your earned credit, as of the last sweep.">
              <Money amount={earned.released} />
            </Fact>
            <Fact term="Pending" note="Released by itself when its gate is met.">
              <Money amount={earned.pending} />
            </Fact>
          </Facts>
        </div>
        <Section title="Your templates">
          {page.templates.length === 0 ? (
            <EmptyState title={after ? "No more templates" : "No templates yet"}>
              <p>
                A template appears here when you register it below, or when the platform registers it for you through
                its API, with <code>{account.externalId}</code> as its creator. Pods started from it before it was
                registered can still count.
              </p>
            </EmptyState>
          ) : (
            <ul>
              {page.templates.map((template) => (
                <TemplateItem
                  key={template.externalId}
                  template={template}
                  href={`/templates/${encodeURIComponent(template.externalId)}`}
                />
              ))}
            </ul>
          )}
          {(after || page.next) && (
            <nav aria-label="Pages of templates" className="mt-4 flex flex-wrap gap-2">
              {after && <ButtonLink href="/templates">First</ButtonLink>}
              {page.next && (
                <ButtonLink href={`/templates?${new URLSearchParams({ after: page.next })}`}>Next</ButtonLink>
              )}
            </nav>
          )}
        </Section>
        {rules && (
          <Section
            title="Register a template"
            lead="So that pods the platform reports by its id count for you. Its terms are fixed by the day it is registered."
          >
            <RegisterForm action={registerTemplate} namespace={account.externalId} />
          </Section>
        )}
        {rules && (
          <Section title="What counts">
            <ProgramRules rules={rules} />
          </Section>
        )}
      </div>
    </>
  );
}

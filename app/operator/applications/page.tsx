import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { ApplicationItem } from "@/components/operator/application-item";
import { DecidedApplications } from "@/components/operator/decided-applications";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { applicationsToDecide } from "@/lib/queries/operator/applications";
import { requireOperator } from "@/lib/session/current-operator";
import { decideOnApplication } from "./actions";

export const metadata: Metadata = { title: "Applications" };

export default async function ApplicationsPage({ searchParams }: SearchProps) {
  await requireOperator();
  const { waiting, decided } = await applicationsToDecide();
  const reference = given(await searchParams, "decided");
  const justDecided = decided.find((one) => one.reference === reference);
  return (
    <>
      <PageHeader
        title="Applications"
        lead="Referrers under the beta terms ask for the release of what is pending. It takes both conditions, and your word."
      />
      <div className="grid gap-8">
        {justDecided && (
          <Notice announce title={`The application of ${justDecided.account.externalId} is ${justDecided.state}.`}>
            {justDecided.state === "accepted"
              ? "What was pending is released by the next sweep, within a minute."
              : "What is pending stays pending; they read your reason and may apply again later."}
          </Notice>
        )}
        <Section title="Waiting">
          {waiting.length > 0 ? (
            <ul>
              {waiting.map((application) => (
                <ApplicationItem key={application.reference} application={application} action={decideOnApplication} />
              ))}
            </ul>
          ) : (
            <EmptyState title="No application waits">
              A referrer can apply once the accounts they referred under the beta terms are enough, and have spent
              enough together.
            </EmptyState>
          )}
        </Section>
        {decided.length > 0 && (
          <Section title="Decided">
            <DecidedApplications applications={decided} />
          </Section>
        )}
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { QuarantineTable } from "@/components/operator/quarantine-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { quarantinedSubjects } from "@/lib/queries/operator/quarantine";
import { requireOperator } from "@/lib/session/current-operator";

export const metadata: Metadata = { title: "Quarantine" };

export default async function QuarantinePage() {
  await requireOperator();
  const { subjects, hasMore } = await quarantinedSubjects();
  return (
    <>
      <PageHeader
        title="Quarantine"
        lead="Usage that names an account which does not exist. Nothing is lost: it is charged, at its own time, as soon as the platform makes an account with that name."
      />
      <Section title="Events waiting">
        {subjects.length > 0 ? (
          <QuarantineTable subjects={subjects} />
        ) : (
          <EmptyState title="No event waits">Every event that came names an account that exists.</EmptyState>
        )}
        {hasMore && <p className="mt-3 text-muted text-sm">There are more: these are the two hundred oldest.</p>}
      </Section>
    </>
  );
}

import type { Metadata } from "next";
import { OperatorTable } from "@/components/operator/operator-table";
import { WaitingTable } from "@/components/operator/waiting-table";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { operatorList } from "@/lib/queries/operator/operators";
import { waiting } from "@/lib/queries/operator/overview";
import { requireOperator } from "@/lib/session/current-operator";

export const metadata: Metadata = { title: "Operator" };

export default async function OperatorPage() {
  await requireOperator();
  const [{ oldest, ...counts }, operators] = await Promise.all([waiting(), operatorList()]);
  return (
    <>
      <PageHeader title="Overview" lead="What waits for a person, and who may decide." />
      <div className="grid gap-8">
        <Section title="Waiting">
          <WaitingTable
            queues={[
              {
                href: "/operator/reviews",
                label: "Held for review",
                about: "Bonuses and pairs that look like a second account of one person.",
                count: counts.reviews,
                oldest: oldest.review,
              },
              {
                href: "/operator/applications",
                label: "Applications",
                about: "Referrers who ask for the release of what the beta terms hold.",
                count: counts.applications,
                oldest: oldest.application,
              },
              {
                href: "/operator/credit",
                label: "Credit for a second person",
                about: "Credit above what one operator gives alone.",
                count: counts.credits,
                oldest: oldest.credit,
              },
              {
                href: "/operator/refunds",
                label: "Refunds for a second person",
                about: "Refunds above what one operator gives back alone.",
                count: counts.refunds,
                oldest: oldest.refund,
              },
              {
                href: "/operator/refunds",
                label: "Owed to closed accounts",
                about: "Unspent money whose owners want it back.",
                count: counts.closings,
                oldest: oldest.closing,
              },
              {
                href: "/operator/support",
                label: "Questions",
                about: "What customers asked and nobody answered yet.",
                count: counts.questions,
                oldest: oldest.question,
              },
              {
                href: "/operator/quarantine",
                label: "Events in quarantine",
                about: "Usage of accounts that do not exist yet.",
                count: counts.quarantined,
                oldest: oldest.event,
              },
              {
                href: "/operator/programs",
                label: "Draws short of budget",
                about: "Bonuses that are due and wait for room in their program's budget.",
                count: counts.queuedDraws,
                oldest: oldest.draw,
              },
            ]}
          />
          {counts.pausedPrograms > 0 && (
            <p className="mt-3 text-sm text-warning">
              {counts.pausedPrograms === 1 ? "One program is paused." : `${counts.pausedPrograms} programs are paused.`}
            </p>
          )}
        </Section>
        <Section
          title="Operators"
          lead="Somebody becomes one, or stops being one, by npm run operator on the server; it counts from their next request on."
        >
          <OperatorTable operators={operators} />
        </Section>
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { JoinForm } from "@/components/operator/join-form";
import { JoinTable } from "@/components/operator/join-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { joins } from "@/lib/queries/operator/clusters";
import { requireOperator } from "@/lib/session/current-operator";
import { joinIntoCluster } from "./actions";

export const metadata: Metadata = { title: "Clusters" };

export default async function ClustersPage({ searchParams }: SearchProps) {
  await requireOperator();
  const search = await searchParams;
  const cluster = given(search, "cluster");
  const joined = await joins();
  const together = joined.filter(({ clusterId }) => clusterId === cluster);
  return (
    <>
      <PageHeader
        title="Clusters"
        lead="Accounts that belong to one person. From the joining on nothing is earned between them, and bonuses they are due are held. A joining cannot be taken back."
      />
      <div className="grid gap-8">
        {together.length > 0 && (
          <Notice announce title={`${together.map(({ account }) => account.externalId).join(", ")} are one cluster.`}>
            Pairs and bonuses among them that were open are held for review.
          </Notice>
        )}
        <Section title="Join accounts">
          <JoinForm key={`${cluster}`} action={joinIntoCluster} accounts={given(search, "accounts") ?? ""} />
        </Section>
        <Section title="Joined">
          {joined.length > 0 ? (
            <JoinTable joins={joined} />
          ) : (
            <EmptyState title="No accounts were joined">Join those that you found to be one person's.</EmptyState>
          )}
        </Section>
      </div>
    </>
  );
}

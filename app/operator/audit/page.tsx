import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { AuditFilter } from "@/components/operator/audit-filter";
import { AuditTable } from "@/components/operator/audit-table";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { auditPage } from "@/lib/queries/operator/audit";
import { requireOperator } from "@/lib/session/current-operator";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: SearchProps) {
  await requireOperator();
  const search = await searchParams;
  const filter = { actor: given(search, "actor"), subject: given(search, "subject") };
  const before = readPlace(given(search, "before"));
  const { lines, next } = await auditPage({ ...filter, before });
  return (
    <>
      <PageHeader
        title="Audit log"
        lead="Every act of an operator with its reason, refused ones included. It can be added to and never changed."
      />
      <div className="grid gap-8">
        <AuditFilter key={JSON.stringify(filter)} {...filter} />
        <Section title="Acts">
          {lines.length > 0 ? (
            <AuditTable lines={lines} />
          ) : (
            <EmptyState title="No act matches">Acts are found by the whole of an actor or a subject.</EmptyState>
          )}
          <div className="mt-3 flex gap-2">
            {before !== null && (
              <ButtonLink href={pageOf(filter)} small>
                Latest
              </ButtonLink>
            )}
            {next !== null && (
              <ButtonLink href={pageOf({ ...filter, before: next })} small>
                Older
              </ButtonLink>
            )}
          </div>
        </Section>
      </div>
    </>
  );
}

/** Where the page before ended; what is not ours is read as the beginning. */
const readPlace = (text: string | undefined): bigint | null =>
  text !== undefined && /^[0-9]{1,18}$/.test(text) ? BigInt(text) : null;

function pageOf(wanted: Record<string, string | undefined>): string {
  const query = new URLSearchParams(Object.entries(wanted).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return query.size > 0 ? `/operator/audit?${query}` : "/operator/audit";
}

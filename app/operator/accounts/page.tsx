import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { given, type SearchProps } from "@/app/operator/search";
import { AccountTable } from "@/components/operator/account-table";
import { FindForm } from "@/components/operator/find-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { findAccounts } from "@/lib/queries/operator/accounts";
import { requireOperator } from "@/lib/session/current-operator";

export const metadata: Metadata = { title: "Accounts" };

export default async function AccountsPage({ searchParams }: SearchProps) {
  await requireOperator();
  const wanted = given(await searchParams, "q");
  const found = wanted === undefined ? null : await findAccounts(wanted);
  const [only, ...others] = found ?? [];
  if (only && others.length === 0) redirect(`/operator/accounts/${only.id}`);
  return (
    <>
      <PageHeader title="Accounts" lead="What is known of an account, to read." />
      <div className="grid gap-8">
        <FindForm key={wanted ?? ""} wanted={wanted ?? ""} />
        {found !== null && (
          <Section title="Found">
            {found.length > 0 ? (
              <AccountTable accounts={found} />
            ) : (
              <EmptyState title="No account matches">
                Write the whole of a name, an e-mail, a referral code or an id; parts of one are not searched for.
              </EmptyState>
            )}
          </Section>
        )}
      </div>
    </>
  );
}

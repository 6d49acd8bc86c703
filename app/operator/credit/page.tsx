import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { CreditForm } from "@/components/operator/credit-form";
import { CreditItem } from "@/components/operator/credit-item";
import { CreditOutcome } from "@/components/operator/credit-outcome";
import { CreditTable } from "@/components/operator/credit-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { dollarsExact } from "@/lib/money/format";
import { aloneLimit } from "@/lib/queries/operator/alone-limit";
import { creditOf, credits } from "@/lib/queries/operator/credits";
import { ALONE_DAY_MAX } from "@/lib/services/operators/alone-today";
import { requireOperator } from "@/lib/session/current-operator";
import { decideOnCredit, giveCreditByHand } from "./actions";

export const metadata: Metadata = { title: "Credit" };

export default async function CreditPage({ searchParams }: SearchProps) {
  const operator = await requireOperator();
  const search = await searchParams;
  const reference = given(search, "reference");
  const [{ waiting, decided }, limit, outcome] = await Promise.all([
    credits(),
    aloneLimit("credit", operator.email),
    reference === undefined ? null : creditOf(reference),
  ]);
  return (
    <>
      <PageHeader
        title="Credit"
        lead={`Credit given by hand. Above ${dollarsExact(ALONE_DAY_MAX)} a day (UTC) it takes two operators.`}
      />
      <div className="grid gap-8">
        {outcome && <CreditOutcome credit={outcome} aloneMax={limit.max} />}
        <Section title="Waiting for a second operator">
          {waiting.length > 0 ? (
            <ul>
              {waiting.map((credit) => (
                <CreditItem
                  key={credit.reference}
                  credit={credit}
                  isOwn={credit.requestedBy === operator.email}
                  action={decideOnCredit}
                />
              ))}
            </ul>
          ) : (
            <EmptyState title="Nothing waits">Credit that one operator may not give alone appears here.</EmptyState>
          )}
        </Section>
        <Section title="Give credit">
          <CreditForm
            // Once it was sent with success, the form is a new one.
            key={`${reference}`}
            action={giveCreditByHand}
            attempt={randomUUID()}
            account={given(search, "account") ?? ""}
            limit={limit}
          />
        </Section>
        {decided.length > 0 && (
          <Section title="Given and declined">
            <CreditTable credits={decided} />
          </Section>
        )}
      </div>
    </>
  );
}

import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { OwedTable } from "@/components/operator/owed-table";
import { RefundAccountForm } from "@/components/operator/refund-account-form";
import { RefundForm } from "@/components/operator/refund-form";
import { RefundItem } from "@/components/operator/refund-item";
import { RefundOutcome } from "@/components/operator/refund-outcome";
import { RefundTable } from "@/components/operator/refund-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { dollarsExact } from "@/lib/money/format";
import { aloneLimit } from "@/lib/queries/operator/alone-limit";
import { owedAfterClosing, refundableOf, refundOf, refunds } from "@/lib/queries/operator/refunds";
import { ALONE_DAY_MAX } from "@/lib/services/operators/alone-today";
import { requireOperator } from "@/lib/session/current-operator";
import { decideOnRefund, refundByHand } from "./actions";

export const metadata: Metadata = { title: "Refunds" };

export default async function RefundsPage({ searchParams }: SearchProps) {
  const operator = await requireOperator();
  const search = await searchParams;
  const reference = given(search, "reference");
  const wanted = given(search, "account");
  const [{ waiting, decided }, owed, limit, outcome, account] = await Promise.all([
    refunds(),
    owedAfterClosing(),
    aloneLimit("refund", operator.email),
    reference === undefined ? null : refundOf(reference),
    wanted === undefined ? null : refundableOf(wanted),
  ]);
  return (
    <>
      <PageHeader
        title="Refunds"
        lead={`Money given back by the way it came: only what was paid and not spent. Above ${dollarsExact(ALONE_DAY_MAX)} a day (UTC) it takes two operators.`}
      />
      <div className="grid gap-8">
        {outcome && <RefundOutcome refund={outcome} aloneMax={limit.max} />}
        <Section title="Waiting for a second operator">
          {waiting.length > 0 ? (
            <ul>
              {waiting.map((refund) => (
                <RefundItem
                  key={refund.reference}
                  refund={refund}
                  isOwn={refund.requestedBy === operator.email}
                  action={decideOnRefund}
                />
              ))}
            </ul>
          ) : (
            <EmptyState title="Nothing waits">Refunds that one operator may not give alone appear here.</EmptyState>
          )}
        </Section>
        {owed.length > 0 && (
          <Section
            title="Owed to closed accounts"
            lead="Their owners closed them and want back what they had not spent. What came through the payment page goes back below; what came another way is given back there, and recorded with POST /api/v1/deposits/{reference}/reversals."
          >
            <OwedTable accounts={owed} />
          </Section>
        )}
        <Section title="Give money back">
          <div className="grid gap-6">
            <RefundAccountForm key={wanted ?? ""} wanted={wanted ?? ""} />
            {account && account.deposits.length > 0 && (
              <RefundForm
                key={account.id}
                action={refundByHand}
                attempt={randomUUID()}
                account={account.externalId}
                deposits={account.deposits}
                limit={limit}
              />
            )}
            {account?.deposits.length === 0 && (
              <EmptyState title={`Nothing of ${account.externalId}'s money can be given back`}>
                What it paid through the payment provider was spent, is reserved for running work, or was given back.
                Money that came another way is given back there.
              </EmptyState>
            )}
            {wanted !== undefined && !account && (
              <EmptyState title="No one account matches">
                Write the whole of its name, e-mail, referral code or id.
              </EmptyState>
            )}
          </div>
        </Section>
        {decided.length > 0 && (
          <Section title="Given back and declined">
            <RefundTable refunds={decided} />
          </Section>
        )}
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { Money } from "@/components/money";
import { monthText } from "@/components/statement/month";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Table, Td, Th } from "@/components/ui/table";
import { monthsOf } from "@/lib/queries/months";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Monthly statements" };

export default async function MonthsPage() {
  const account = await requireAccount();
  const months = await monthsOf(account);
  return (
    <>
      <PageHeader
        title="Monthly statements"
        lead="A month is closed when the next one begins, UTC. Each opens with what the one before left."
        actions={
          <ButtonLink href="/statement" small>
            Statement
          </ButtonLink>
        }
      />
      {months.length === 0 ? (
        <EmptyState
          title="No month yet"
          action={
            <ButtonLink look="primary" href="/funds">
              Add funds
            </ButtonLink>
          }
        >
          The first begins with your first deposit or credit.
        </EmptyState>
      ) : (
        <div className="max-w-3xl">
          <Table caption="Months, the current one first">
            <thead>
              <tr>
                <Th>Month</Th>
                <Th numeric>Opening</Th>
                <Th numeric>Closing</Th>
                <Th>Paper</Th>
              </tr>
            </thead>
            <tbody>
              {months.map((month) => (
                <tr key={month.month}>
                  <Th scope="row" className="font-normal">
                    <Link className="link" href={`/statement/months/${month.month}`}>
                      {monthText(month)}
                    </Link>
                  </Th>
                  <Td numeric>
                    <Money amount={month.opening} />
                  </Td>
                  <Td numeric>
                    <Money amount={month.closing} />
                  </Td>
                  <Td>
                    <a className="link" href={`/statement/months/${month.month}/pdf`} download>
                      PDF<span className="sr-only"> of {monthText(month)}</span>
                    </a>
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </>
  );
}

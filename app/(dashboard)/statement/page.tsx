import type { Metadata } from "next";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { PostingRows } from "@/components/statement/posting-rows";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Table, Th } from "@/components/ui/table";
import { statementPage } from "@/lib/queries/statement";
import { walletOf } from "@/lib/queries/wallet";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Statement" };

const POSTINGS_SHOWN = 25;

interface StatementPageProps {
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function StatementPage({ searchParams }: StatementPageProps) {
  const account = await requireAccount();
  const { from } = await searchParams;
  const place = typeof from === "string" ? from : null;
  const [wallet, { postings, next }] = await Promise.all([
    walletOf(account),
    statementPage(account, { place, size: POSTINGS_SHOWN }),
  ]);
  return (
    <>
      {place === null && <LiveRefresh />}
      <PageHeader
        title="Statement"
        lead="Everything that happened to your credit, newest first, to the last nano-dollar."
      />
      <div className="grid gap-8">
        <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
          <FigureLine
            label="Available now"
            note="Promo, earned, market and paid credit, less arrears and what is reserved."
          >
            <LiveMoney amount={wallet.available} size="xl" />
          </FigureLine>
          <Facts>
            <Fact term="Deposited, ever">
              <Money amount={wallet.deposited} />
            </Fact>
            <Fact term="Charged for usage, ever">
              <Money amount={wallet.charged} />
            </Fact>
          </Facts>
        </div>
        <Section title={place === null ? "Newest postings" : "Older postings"}>
          {postings.length === 0 ? (
            <EmptyState
              title="Nothing has been posted yet"
              action={
                <ButtonLink look="primary" href="/funds">
                  Add funds
                </ButtonLink>
              }
            >
              Your first deposit will be the first line here; every interval of usage follows as it is paid for.
            </EmptyState>
          ) : (
            <Table caption="Postings, newest first, with the spendable credit each left">
              <thead>
                <tr>
                  <Th>What happened</Th>
                  <Th numeric className="pr-0">
                    Change
                  </Th>
                  <Th numeric>Balance</Th>
                </tr>
              </thead>
              {postings.map((posting) => (
                <PostingRows key={posting.seq} posting={posting} />
              ))}
            </Table>
          )}
          {(place !== null || next) && (
            <nav aria-label="Pages of the statement" className="mt-4 flex flex-wrap gap-2">
              {place !== null && <ButtonLink href="/statement">Newest</ButtonLink>}
              {next && <ButtonLink href={`/statement?from=${next}`}>Older</ButtonLink>}
            </nav>
          )}
        </Section>
      </div>
    </>
  );
}

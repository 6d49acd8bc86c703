import type { Metadata } from "next";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { AsOfAnswer, AsOfForm } from "@/components/statement/as-of";
import { readAsOfView } from "@/components/statement/as-of-view";
import { PostingTable } from "@/components/statement/posting-table";
import { SearchForm } from "@/components/statement/search-form";
import { isSearch, readStatementView, statementHref } from "@/components/statement/statement-view";
import { ButtonLink } from "@/components/ui/button-link";
import { DownloadLink } from "@/components/ui/download-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { heldAt } from "@/lib/queries/held-at";
import { statementPage } from "@/lib/queries/statement";
import { walletOf } from "@/lib/queries/wallet";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Statement" };

const POSTINGS_SHOWN = 25;

interface StatementPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function StatementPage({ searchParams }: StatementPageProps) {
  const account = await requireAccount();
  const search = await searchParams;
  const view = readStatementView(search);
  const asOf = readAsOfView(search, new Date());
  const below = typeof search.below === "string" && /^[0-9]{1,18}$/.test(search.below) ? BigInt(search.below) : null;
  const [wallet, page, held] = await Promise.all([
    walletOf(account),
    statementPage(account, { wanted: view.wanted, below, size: POSTINGS_SHOWN }),
    asOf.before && heldAt(account, asOf.before),
  ]);
  const searched = isSearch(view);
  return (
    <>
      {below === null && <LiveRefresh />}
      <PageHeader
        title="Statement"
        lead="Everything that happened to your credit, newest first, to the last nano-dollar."
        actions={
          <>
            <ButtonLink href="/statement/months" small>
              Months
            </ButtonLink>
            <DownloadLink href={statementHref(view, "/statement/export", { format: "csv" })}>CSV</DownloadLink>
            <DownloadLink href={statementHref(view, "/statement/export", { format: "json" })}>JSON</DownloadLink>
          </>
        }
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
        <Section title="What did I have?" lead="Your credit at any instant, as the ledger had it then.">
          <AsOfForm view={asOf} />
          {held && <AsOfAnswer view={asOf} held={held} />}
          {asOf.before && !held && (
            <div className="mt-5">
              <EmptyState title="The books of that time are put away">
                Usage that old has left the ledger; the operator can bring it back.
              </EmptyState>
            </div>
          )}
        </Section>
        <Section title={searched ? "Found" : below === null ? "Newest postings" : "Older postings"}>
          <SearchForm view={view} />
          <div className="mt-5">
            {page.postings.length > 0 ? (
              <PostingTable postings={page.postings} />
            ) : (
              <Nothing searched={searched} isPartial={page.isPartial} />
            )}
          </div>
          {(below !== null || page.next) && (
            <nav aria-label="Pages of the statement" className="mt-4 flex flex-wrap items-baseline gap-2">
              {below !== null && <ButtonLink href={statementHref(view)}>Newest</ButtonLink>}
              {page.next && (
                <ButtonLink href={statementHref(view, "/statement", { below: page.next })}>
                  {page.isPartial ? "Search further back" : "Older"}
                </ButtonLink>
              )}
              {page.isPartial && page.postings.length > 0 && (
                <p className="text-muted text-sm">Looked down to posting {page.next}; there are older ones.</p>
              )}
            </nav>
          )}
        </Section>
      </div>
    </>
  );
}

function Nothing({ searched, isPartial }: { searched: boolean; isPartial: boolean }) {
  if (isPartial) {
    return <EmptyState title="Nothing found so far">There are older postings that were not looked at yet.</EmptyState>;
  }
  if (searched) {
    return (
      <EmptyState title="Nothing matches">
        Every word must be found in what a posting names: its kind, sku, resource, template, reason or reference. Try
        fewer words, or more days.
      </EmptyState>
    );
  }
  return (
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
  );
}

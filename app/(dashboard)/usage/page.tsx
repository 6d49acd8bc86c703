import type { Metadata } from "next";
import Link from "next/link";
import { SpendChart } from "@/components/charts/spend-chart";
import { LiveMoney } from "@/components/live-money";
import { ButtonLink } from "@/components/ui/button-link";
import { DownloadLink } from "@/components/ui/download-link";
import { EmptyState } from "@/components/ui/empty-state";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { Change } from "@/components/usage/change";
import { IntervalTable } from "@/components/usage/interval-table";
import { NameTable } from "@/components/usage/name-table";
import { readUsageView, usageDimensions, usageHref, usageName, usagePeriods } from "@/components/usage/usage-view";
import { spendDays } from "@/lib/queries/spend";
import { usageByName, usagePage } from "@/lib/queries/usage";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Usage" };

const INTERVALS_SHOWN = 50;

interface UsagePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function UsagePage({ searchParams }: UsagePageProps) {
  const account = await requireAccount();
  const search = await searchParams;
  const view = readUsageView(search);
  const below = typeof search.below === "string" && /^[0-9]{1,18}$/.test(search.below) ? BigInt(search.below) : null;
  const [{ names, totals }, days, page] = await Promise.all([
    usageByName(account, view),
    view.name === null ? spendDays(account, view.days) : [],
    view.name === null ? null : usagePage(account, view, { below, size: INTERVALS_SHOWN }),
  ]);
  const title = view.name === null ? "Charged" : `Charged for ${usageName(view.by, view.name)}`;
  return (
    <>
      <PageHeader
        title="Usage"
        lead="What ran, what it cost, and which credit paid. What was taken back is left out."
        actions={
          <>
            <DownloadLink href={usageHref(view, "/usage/export", { format: "csv" })}>CSV</DownloadLink>
            <DownloadLink href={usageHref(view, "/usage/export", { format: "json" })}>JSON</DownloadLink>
          </>
        }
      />
      <div className="grid gap-8">
        <div className="flex flex-wrap gap-x-6 gap-y-3">
          <SegmentedLinks
            label="Period"
            items={usagePeriods.map(({ days: count, label }) => ({
              href: usageHref({ ...view, days: count }),
              label,
              current: count === view.days,
            }))}
          />
          <SegmentedLinks
            label="By"
            items={usageDimensions.map(({ by, label }) => ({
              href: usageHref({ ...view, by, name: null }),
              label,
              current: by === view.by,
            }))}
          />
        </div>
        <FigureLine
          label={`${title}, last ${view.days} days`}
          note={<Change before={totals.before} now={totals.charged} days={view.days} />}
        >
          <LiveMoney amount={totals.charged} size="xl" />
        </FigureLine>
        {view.name === null && (
          <Section title="Spend">
            <SpendChart days={days} title={`Last ${view.days} days`} />
          </Section>
        )}
        {page === null ? (
          <Section
            title="What it went to"
            lead={`${totals.events.toLocaleString("en-US")} metered intervals. Open a line to see them.`}
          >
            {names.length > 0 ? <NameTable names={names} view={view} /> : <NothingUsed days={view.days} />}
          </Section>
        ) : (
          <Section
            title="Intervals"
            lead={
              <Link className="link" href={usageHref({ ...view, name: null })}>
                All usage
              </Link>
            }
          >
            {page.intervals.length > 0 ? (
              <IntervalTable intervals={page.intervals} />
            ) : (
              <NothingUsed days={view.days} />
            )}
            {(page.next || below !== null) && (
              <nav aria-label="Pages of intervals" className="mt-4 flex flex-wrap gap-2">
                {below !== null && <ButtonLink href={usageHref(view)}>Latest</ButtonLink>}
                {page.next && <ButtonLink href={usageHref(view, "/usage", { below: page.next })}>Older</ButtonLink>}
              </nav>
            )}
          </Section>
        )}
      </div>
    </>
  );
}

const NothingUsed = ({ days }: { days: number }) => (
  <EmptyState title={`Nothing ran in the last ${days} days`}>
    Metered usage appears here within a second of being sent, with what it cost and the credit that paid.
  </EmptyState>
);

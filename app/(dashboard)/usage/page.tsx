import type { Metadata } from "next";
import { SpendChart } from "@/components/charts/spend-chart";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { LiveMoney } from "@/components/live-money";
import { ButtonLink } from "@/components/ui/button-link";
import { DownloadLink } from "@/components/ui/download-link";
import { EmptyState } from "@/components/ui/empty-state";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { ActiveFilters } from "@/components/usage/active-filters";
import { Change } from "@/components/usage/change";
import { IntervalTable } from "@/components/usage/interval-table";
import { NameTable } from "@/components/usage/name-table";
import { PeriodForm } from "@/components/usage/period-form";
import { beforeText, bucketFor, opened, periodText, spanOf, startsOf } from "@/components/usage/time-buckets";
import { readUsageView, type Search, usageDimensions, usageHref, usagePeriods } from "@/components/usage/usage-view";
import { usageByName, usageOverTime, usagePage } from "@/lib/queries/usage";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Usage" };

const INTERVALS_SHOWN = 50;

export default async function UsagePage({ searchParams }: { searchParams: Promise<Search> }) {
  const account = await requireAccount();
  const search = await searchParams;
  const view = readUsageView(search);
  const { period, by, filters } = view;
  const below = typeof search.below === "string" && /^[0-9]{1,18}$/.test(search.below) ? BigInt(search.below) : null;
  const skip = typeof search.skip === "string" && /^[0-9]{1,9}$/.test(search.skip) ? Number(search.skip) : 0;
  const now = Date.now();
  const span = spanOf(period, now);
  const bucket = bucketFor(span);
  const wanted = { ...span, filters };
  // What is narrowed down to one name of what it is listed by, or to an hour, has come to its events.
  const isWhole = period.kind === "hour" || filters[by] !== undefined;
  const [{ names, totals }, points, page] = await Promise.all([
    usageByName(account, wanted, { by, before: span.before, skip }),
    period.kind === "hour" ? [] : usageOverTime(account, wanted, { bucket, starts: startsOf(span, bucket) }),
    isWhole ? usagePage(account, wanted, { below, size: INTERVALS_SHOWN }) : null,
  ]);
  const events = `${totals.events.toLocaleString("en-US")} metered ${totals.events === 1 ? "interval" : "intervals"}`;
  const nothing = (
    <EmptyState title={`Nothing ran: ${periodText(period)}`}>
      Metered usage appears here within a second of being sent, with what it cost and the credit that paid.
    </EmptyState>
  );
  return (
    <>
      {now < span.to.getTime() && below === null && <LiveRefresh />}
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
        <div className="grid gap-3">
          <div className="flex flex-wrap gap-x-6 gap-y-3">
            <SegmentedLinks
              label="Period"
              items={usagePeriods.map(({ days, label }) => ({
                href: usageHref({ ...view, period: { kind: "days", days } }),
                label,
                current: period.kind === "days" && period.days === days,
              }))}
            />
            <SegmentedLinks
              label="By"
              items={usageDimensions.map((each) => ({
                href: usageHref({ ...view, by: each.by }),
                label: each.label,
                current: each.by === by,
              }))}
            />
          </div>
          <ActiveFilters view={view} />
          <PeriodForm
            view={view}
            from={span.from.toISOString().slice(0, 10)}
            to={(period.kind === "days" ? new Date() : new Date(span.to.getTime() - 1)).toISOString().slice(0, 10)}
          />
        </div>
        <FigureLine
          label={`Charged, ${periodText(period)}`}
          note={<Change before={totals.before} now={totals.charged} than={beforeText(period)} />}
        >
          <LiveMoney amount={totals.charged} size="xl" />
        </FigureLine>
        {points.length > 0 && (
          <Section
            title="Spend"
            lead={
              // Without usage there is neither a chart nor its table.
              names.length > 0
                ? "A row of the table below it opens to what it is made of, down to the hour."
                : undefined
            }
          >
            <SpendChart
              points={points.map((point) => ({
                ...point,
                href: usageHref({ ...view, period: opened(point.start, bucket, span) }),
              }))}
              bucket={bucket}
              title={`Spend per ${bucket}`}
            />
          </Section>
        )}
        {!isWhole && (
          <Section title="What it went to" lead={names.length > 0 ? `${events}. Open a line to see them.` : undefined}>
            {names.length > 0 ? <NameTable names={names} view={view} /> : nothing}
            {totals.names > names.length && (
              <nav aria-label="Pages of names" className="mt-4 flex flex-wrap items-center gap-2">
                <p className="text-muted text-sm">
                  {(skip + 1).toLocaleString("en-US")} to {(skip + names.length).toLocaleString("en-US")} of{" "}
                  {totals.names.toLocaleString("en-US")}
                </p>
                {skip > 0 && <ButtonLink href={usageHref(view)}>Those with most</ButtonLink>}
                {skip + names.length < totals.names && (
                  <ButtonLink href={usageHref(view, "/usage", { skip: String(skip + names.length) })}>Next</ButtonLink>
                )}
              </nav>
            )}
          </Section>
        )}
        {page && (
          <Section title="Intervals" lead={`${events}. Open one to see its price and the credit that paid.`}>
            {page.intervals.length > 0 ? <IntervalTable intervals={page.intervals} /> : nothing}
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

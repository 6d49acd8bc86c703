import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WhyNotYet } from "@/components/checklist/why-not-yet";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { instantText } from "@/components/instant-text";
import { Money } from "@/components/money";
import { ForecastLine } from "@/components/referrals/forecast-line";
import { ForecastsTable } from "@/components/referrals/forecasts-table";
import { howForecast } from "@/components/referrals/how-forecast";
import { MilestoneLine } from "@/components/referrals/milestone-line";
import { MonthsTable } from "@/components/referrals/months-table";
import { ReferralFacts } from "@/components/referrals/referral-facts";
import { holdWords, stageWords, voidReasonWords } from "@/components/referrals/referral-words";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { FigureLine } from "@/components/ui/figure-line";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { pairChecklists } from "@/lib/queries/checklists";
import { pairHistory } from "@/lib/queries/pair-history";
import { forecastsOf } from "@/lib/queries/referral-forecasts";
import { referralById } from "@/lib/queries/referrals";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Referral" };

export default async function ReferralPage({ params }: { params: Promise<{ id: string }> }) {
  const account = await requireAccount();
  const { id } = await params;
  const referral = await referralById(account, id);
  if (!referral) notFound();
  const [history, forecasts, checklists] = await Promise.all([
    pairHistory(account, id),
    forecastsOf(account, id),
    pairChecklists(account, [id]),
  ]);
  const { signedUpAt, stage, voidReason, hold, earned, earnedTotal, window } = referral;
  const checklist = checklists.get(id);
  const day = instantText(signedUpAt, "day");
  const words = stageWords[stage];
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title={`Referral of ${day}`}
        lead={
          <Link className="link" href="/referrals">
            Referrals
          </Link>
        }
        actions={<Badge tone={words.tone}>{words.label}</Badge>}
      />
      <div className="grid gap-8">
        {voidReason !== null && <p className="max-w-prose">{voidReasonWords(voidReason).referrer}</p>}
        {hold !== null && <p className="max-w-prose">{holdWords(hold).referrer}</p>}
        {voidReason === null && (
          <div>
            <FigureLine label="Earned" note="Exact to the last digit, pending included.">
              <Money amount={earnedTotal} size="xl" />
            </FigureLine>
            <div className="mt-4">
              <ReferralFacts referral={referral} forecast={undefined} nowMs={Date.now()} />
            </div>
          </div>
        )}
        {checklist && (
          <div className="grid gap-2">
            {checklist.milestone && <MilestoneLine milestone={checklist.milestone} audience="referrer" />}
            <WhyNotYet conditions={checklist.conditions} audience="referrer" about={`the referral of ${day}`} />
          </div>
        )}
        {history && voidReason === null && (
          <Section title="By month" lead="Each interval of usage counts in the month it ended in, UTC.">
            {history.months.length === 0 ? (
              <EmptyState title="Nothing earned yet">
                Commission begins with the first prepaid dollar they spend on a service that pays.
              </EmptyState>
            ) : (
              <MonthsTable rates={earned} months={history.months} total={earnedTotal} />
            )}
          </Section>
        )}
        {history && voidReason === null && (window.end !== null || forecasts.length > 0) && (
          <Section
            title="Forecast"
            lead={
              history.forecast && !window.isOver
                ? howForecast(history.weeks)
                : "What was said while its window ran, week by week."
            }
          >
            <div className="grid gap-4">
              {!window.isOver && (
                <p>
                  {history.forecast ? (
                    <>
                      By the end of its window it will have earned <ForecastLine {...history.forecast} madeAt={null} />.
                    </>
                  ) : (
                    "A first forecast is made after a whole week."
                  )}
                </p>
              )}
              {forecasts.length > 0 && <ForecastsTable forecasts={forecasts} />}
              {forecasts.length > 0 && (
                <p className="max-w-prose text-muted text-sm">
                  One is written down each week and never changed. A day after the window’s end, what it came to is
                  written beside each.
                </p>
              )}
            </div>
          </Section>
        )}
      </div>
    </>
  );
}

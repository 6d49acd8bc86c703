import type { Metadata } from "next";
import { after } from "next/server";
import { TopUpBanner } from "@/app/(dashboard)/funds/top-up-banner";
import { SpendChart } from "@/components/charts/spend-chart";
import { Balance } from "@/components/dashboard/balance";
import { BonusSummary } from "@/components/dashboard/bonus-summary";
import { LatestEntries } from "@/components/dashboard/latest-entries";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { NextStep } from "@/components/dashboard/next-step";
import { SinceLastTime } from "@/components/dashboard/since-last-time";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { bonusOf } from "@/lib/queries/bonus";
import { bonusChecklist } from "@/lib/queries/checklists";
import { creditAhead } from "@/lib/queries/credit-ahead";
import { lastVisitOf } from "@/lib/queries/last-visit";
import { forecastOf } from "@/lib/queries/runway";
import { spendDays } from "@/lib/queries/spend";
import { statementPage } from "@/lib/queries/statement";
import { walletOf } from "@/lib/queries/wallet";
import { noteVisit } from "@/lib/services/accounts/note-visit";
import { context } from "@/lib/session/context";
import { requireAccount } from "@/lib/session/current-account";
import { bonusSeen } from "./actions";

export const metadata: Metadata = { title: "Dashboard" };

const DAYS_SHOWN = 30;
const ENTRIES_SHOWN = 6;

export default async function DashboardPage() {
  const account = await requireAccount();
  const [visit, wallet, ahead, forecast, bonus, conditions, days, { postings }] = await Promise.all([
    lastVisitOf(account),
    walletOf(account),
    creditAhead(account),
    forecastOf(account),
    bonusOf(account),
    bonusChecklist(account),
    spendDays(account, DAYS_SHOWN),
    statementPage(account, { below: null, size: ENTRIES_SHOWN }),
  ]);
  after(() => noteVisit(context(), { account, look: visit.look }));
  // One primary button on the page: where credit is missing, the next step has it.
  const lacksCredit = wallet.available === "0" || wallet.arrears !== "0";
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Dashboard"
        actions={
          <ButtonLink href="/funds" look={lacksCredit ? "secondary" : "primary"} small>
            Pay in
          </ButtonLink>
        }
      />
      <div className="grid gap-8">
        {account.isHeld && (
          <Notice
            look="warn"
            title="Your account is held"
            action={
              <ButtonLink href="/help/ask?page=/dashboard" small>
                Ask why
              </ButtonLink>
            }
          >
            No new work starts on it until an operator has decided. What runs already runs on and is charged; your money
            and your credit stay yours.
          </Notice>
        )}
        <TopUpBanner link />
        <NextStep {...wallet} offer={bonus.state === "locked" ? bonus.offer : null} />
        <div className="grid gap-8 lg:grid-cols-2 lg:gap-10">
          <Balance wallet={wallet} ahead={ahead} forecast={wallet.available === "0" ? null : forecast} />
          <BonusSummary
            bonus={bonus}
            conditions={conditions}
            reach={forecast.reach}
            onSeen={visit.isBonusSeen ? null : bonusSeen}
          />
        </div>
        {visit.since && <SinceLastTime {...visit.since} />}
        <div className="grid gap-8 lg:grid-cols-[3fr_2fr] lg:gap-10">
          <Section title="Spend">
            <SpendChart points={days} title={`Last ${DAYS_SHOWN} days`} />
          </Section>
          <Section
            title="Latest entries"
            actions={
              <ButtonLink href="/statement" look="quiet" small>
                Statement
              </ButtonLink>
            }
          >
            {postings.length > 0 ? (
              <LatestEntries postings={postings} />
            ) : (
              <EmptyState title="Nothing has moved yet">
                Every deposit, every use and every bonus is listed here, to the last digit.
              </EmptyState>
            )}
          </Section>
        </div>
      </div>
    </>
  );
}

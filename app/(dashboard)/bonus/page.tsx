import type { Metadata } from "next";
import { BeaconNotice } from "@/components/bonus/beacon-notice";
import { DrawReport } from "@/components/bonus/draw-report";
import { ReferralDraws } from "@/components/bonus/referral-draws";
import { WayToBonus } from "@/components/bonus/way-to-bonus";
import { WhyNotYet } from "@/components/checklist/why-not-yet";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { DrawSteps } from "@/components/fairness/draw-steps";
import { VerifierLink } from "@/components/fairness/verifier-link";
import { Reaching } from "@/components/forecast/reaching";
import { Money } from "@/components/money";
import { FairnessTable } from "@/components/odds/fairness-table";
import { OddsTable } from "@/components/odds/odds-table";
import { PostingLink } from "@/components/statement/posting-link";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { readEnv } from "@/lib/env";
import { amountText } from "@/lib/money/format";
import { expectedValue, oddsHash } from "@/lib/programs/odds";
import { bonusOf } from "@/lib/queries/bonus";
import { bonusChecklist } from "@/lib/queries/checklists";
import { drawOf, referrerDraws } from "@/lib/queries/draws";
import { oddsRecords } from "@/lib/queries/fairness";
import { bonusPosting } from "@/lib/queries/releases";
import { forecastOf } from "@/lib/queries/runway";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Bonus" };

const REFERRAL_DRAWS_SHOWN = 20;

type Search = Record<string, string | string[] | undefined>;

export default async function BonusPage({ searchParams }: { searchParams: Promise<Search> }) {
  const account = await requireAccount();
  const before = [(await searchParams).before].flat()[0];
  const bonus = await bonusOf(account);
  const [draw, conditions, posting, forecast, records, referred] = await Promise.all([
    drawOf(account, bonus.drawId),
    bonusChecklist(account),
    bonusPosting(account, bonus.drawId),
    forecastOf(account),
    oddsRecords(),
    referrerDraws(account, { limit: REFERRAL_DRAWS_SHOWN, ...(before ? { before } : {}) }),
  ]);
  const hash = bonus.odds && oddsHash(bonus.odds);
  const record = records.find((each) => each.hash === hash);
  return (
    <>
      <LiveRefresh />
      <PageHeader title="Bonus" lead={bonus.state === "locked" ? bonus.offer : undefined} />
      <div className="grid gap-8">
        {bonus.state !== "drawn" && (
          <div className="grid gap-2">
            <WayToBonus bonus={bonus} />
            {bonus.state === "locked" && (
              <div className="max-w-prose text-sm">
                <Reaching reach={forecast.reach} />
              </div>
            )}
          </div>
        )}
        {draw?.drawnAt && <DrawReport draw={draw} />}
        <div className="grid gap-2">
          <WhyNotYet conditions={conditions} audience="owner" about="your bonus" />
          {posting && <PostingLink seq={posting} what="your bonus" />}
        </div>
        {draw && !draw.drawnAt && <DrawReport draw={draw} />}
        {bonus.odds && (
          <Section
            title="The odds"
            lead={
              <>
                On average a bonus is <Money amount={amountText(expectedValue(bonus.odds))} />. Within a row every cent
                is as likely as another.
              </>
            }
          >
            <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
              <OddsTable odds={bonus.odds} />
              {record && (
                <div className="min-w-0">
                  <h3 className="sr-only">Every draw made by these odds</h3>
                  <FairnessTable odds={record.odds} result={record.result} />
                </div>
              )}
            </div>
            <details className="mt-4 text-sm">
              <summary className="w-fit text-muted hover:text-ink">How a draw works, step by step</summary>
              <div className="mt-3">
                <DrawSteps />
              </div>
            </details>
            <p className="mt-3 max-w-prose text-sm">
              <Link href="/fairness" className="link">
                Every draw made so far
              </Link>{" "}
              is published with all it takes to repeat it.
              {!draw?.drawnAt && (
                <>
                  {" "}
                  To check one where no page of ours has a say, save <VerifierLink />.
                </>
              )}
            </p>
            {!draw?.bound && (
              <div className="mt-4">
                <BeaconNotice beacon={readEnv(["BEACON"]).BEACON} />
              </div>
            )}
          </Section>
        )}
        <Section
          title="Bonuses from your referrals"
          actions={
            <ButtonLink href="/referrals" look="quiet" small>
              Referrals
            </ButtonLink>
          }
        >
          {referred.draws.length > 0 ? (
            <ReferralDraws draws={referred.draws} />
          ) : (
            <EmptyState title="None yet">
              Each account you refer gives you a draw of your own when it reaches its trigger. Your link is on the
              referrals page.
            </EmptyState>
          )}
          <div className="mt-3 flex gap-2">
            {before && (
              <ButtonLink href="/bonus" small>
                Latest
              </ButtonLink>
            )}
            {referred.next && (
              <ButtonLink href={`/bonus?before=${referred.next}`} small>
                Older
              </ButtonLink>
            )}
          </div>
        </Section>
        {bonus.state !== "not_eligible" && (
          <Section title="The terms" lead={`Yours for good: ${bonus.program}, version ${bonus.termsVersion}.`}>
            <ul className="grid max-w-prose list-disc gap-1 pl-5 text-sm">
              {bonus.conditions.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

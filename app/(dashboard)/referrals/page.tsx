import type { Metadata } from "next";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { ApplyForm } from "@/components/referrals/apply-form";
import { BetaGate } from "@/components/referrals/beta-gate";
import { type BonusTerms, bonusNote } from "@/components/referrals/bonus-terms";
import { CodeForm } from "@/components/referrals/code-form";
import { ForecastScore } from "@/components/referrals/forecast-score";
import { LinkSettings } from "@/components/referrals/link-settings";
import { NameForm } from "@/components/referrals/name-form";
import { OwnPair } from "@/components/referrals/own-pair";
import { OwnReferralNotice } from "@/components/referrals/own-referral-notice";
import { PendingFacts } from "@/components/referrals/pending-facts";
import { ProgramRules } from "@/components/referrals/program-rules";
import { ReferralItem } from "@/components/referrals/referral-item";
import { ShareLink } from "@/components/referrals/share-link";
import { Stages } from "@/components/referrals/stages";
import { WhoSeesWhat } from "@/components/referrals/who-sees-what";
import { ReleaseList } from "@/components/statement/release-list";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { programSentences } from "@/lib/programs/sentences";
import { shareTexts } from "@/lib/programs/share-texts";
import { betaGateOf } from "@/lib/queries/beta-gate";
import { ownPairChecklist, pairChecklists } from "@/lib/queries/checklists";
import { commissionEarned } from "@/lib/queries/earnings";
import { currentPrograms } from "@/lib/queries/programs";
import { forecastScore, latestForecasts } from "@/lib/queries/referral-forecasts";
import { referralLink } from "@/lib/queries/referral-link";
import { ownReferral, referralsPage } from "@/lib/queries/referrals";
import { commissionPostings } from "@/lib/queries/releases";
import { requireAccount } from "@/lib/session/current-account";
import { applyForBetaRelease, chooseOwnCode, setFirstNameShown } from "./actions";

export const metadata: Metadata = { title: "Referrals" };

interface ReferralsPageProps {
  searchParams: Promise<{ after?: string | string[] }>;
}

export default async function ReferralsPage({ searchParams }: ReferralsPageProps) {
  const account = await requireAccount();
  const { after } = await searchParams;
  const [link, own, ownConditions, earned, gate, releases, page, programs, score] = await Promise.all([
    referralLink(account),
    ownReferral(account),
    ownPairChecklist(account),
    commissionEarned(account),
    betaGateOf(account),
    commissionPostings(account),
    referralsPage(account, typeof after === "string" ? after : null),
    currentPrograms(),
    forecastScore(account),
  ]);
  const ids = page.referrals.map(({ id }) => id);
  const [checklists, forecasts] = await Promise.all([pairChecklists(account, ids), latestForecasts(account, ids)]);
  const now = Date.now();
  const current = programs.flatMap(({ terms }) => (terms.program === "referral" ? terms : []))[0];
  const rules = current && programSentences(current);
  const { bonuses } = link;
  const terms = termsOfPairs(gate);
  return (
    <>
      <LiveRefresh />
      <PageHeader title="Referrals" lead={leadOf(rules?.offer, terms)} />
      <div className="grid gap-8">
        {own && (
          <div className="grid gap-3">
            <OwnReferralNotice {...own} />
            {ownConditions && <OwnPair checklist={ownConditions} />}
          </div>
        )}
        <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
          <FigureLine
            label="Commission earned"
            note="Exact to the last digit and live: it grows with every interval your referrals pay for."
          >
            <LiveMoney amount={earned.accrued} size="xl" />
          </FigureLine>
          <Facts>
            <Fact term="Released" note="In your earned credit, as of the last sweep.">
              <Money amount={earned.released} />
            </Fact>
            <PendingFacts {...earned.pendingFor} isGateOpen={gate?.application?.state === "accepted"} />
            <Fact term="Bonuses" note={bonusNote(bonuses, terms)}>
              <Money amount={bonuses.amount} />
            </Fact>
          </Facts>
        </div>
        <Section title="Your link" lead="Whoever follows it and signs up is your referral.">
          <ShareLink url={link.url} texts={current && shareTexts(current, link.url)} />
          <div className="mt-4">
            <Stages counts={link.stages} terms={terms} />
          </div>
          <div className="mt-6">
            <LinkSettings
              {...link}
              codeForm={<CodeForm action={chooseOwnCode} prefix={link.url.slice(0, -link.code.length)} />}
              nameForm={
                link.firstName !== null && (
                  <NameForm action={setFirstNameShown} firstName={link.firstName} shown={link.firstNameShown} />
                )
              }
            />
          </div>
        </Section>
        {gate && (
          <Section
            title="Beta terms"
            lead="What your pairs under referral-beta earn is pending until its gate opens. No bonus of yours is drawn for them."
          >
            <BetaGate
              {...gate}
              apply={gate.mayApply && <ApplyForm attempts={gate.attempts} action={applyForBetaRelease} />}
            />
          </Section>
        )}
        <Section
          title="Your referrals"
          lead="Each is named by the day it signed up: who it is and what it uses stays its own. It opens to what it earned month by month."
        >
          {score && (
            <div className="mb-4 text-sm">
              <ForecastScore {...score} />
            </div>
          )}
          {page.referrals.length === 0 ? (
            <EmptyState title={after ? "No older referrals" : "Nobody has signed up by your link yet"}>
              Copy your link and send it to somebody who rents GPUs. When they open an account it appears here, with
              what it earns you.
            </EmptyState>
          ) : (
            <ul>
              {page.referrals.map((referral) => (
                <ReferralItem
                  key={referral.id}
                  referral={referral}
                  checklist={checklists.get(referral.id)}
                  forecast={forecasts.get(referral.id)}
                  nowMs={now}
                />
              ))}
            </ul>
          )}
          {(after || page.next) && (
            <nav aria-label="Pages of referrals" className="mt-4 flex flex-wrap gap-2">
              {after && <ButtonLink href="/referrals">Newest</ButtonLink>}
              {page.next && <ButtonLink href={`/referrals?after=${page.next}`}>Older</ButtonLink>}
            </nav>
          )}
        </Section>
        {releases.length > 0 && (
          <Section
            title="Newest commission"
            lead="Each one opens to the pairs, the rate and the arithmetic it comes of."
          >
            <ReleaseList releases={releases} what="commission" />
          </Section>
        )}
        <Section title="Who sees what">
          <WhoSeesWhat />
        </Section>
        {rules && (
          <Section title="What counts">
            <ProgramRules rules={rules} />
          </Section>
        )}
      </div>
    </>
  );
}

function termsOfPairs(gate: { hasOthers: boolean } | null): BonusTerms {
  if (gate === null) return "current";
  return gate.hasOthers ? "both" : "beta";
}

/** What a new referral brings; who has some under the beta terms is told that those go by theirs. */
function leadOf(offer: string | undefined, terms: BonusTerms): string | undefined {
  if (offer === undefined || terms === "current") return offer;
  return `${offer} So it is for new referrals; those you have under the beta terms go by the beta terms below.`;
}

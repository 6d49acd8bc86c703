import { ReferralCalculator } from "@/components/calculators/referral-calculator";
import { referralRules } from "@/components/calculators/referral-rules";
import { RuntimeCalculator } from "@/components/calculators/runtime-calculator";
import { TemplateCalculator } from "@/components/calculators/template-calculator";
import { AtAGlance } from "@/components/landing/at-a-glance";
import { gpusToReckonWith } from "@/components/landing/examples";
import { ProgramCard } from "@/components/landing/program-card";
import { TenDollars } from "@/components/landing/ten-dollars";
import { Note } from "@/components/note";
import { NoteRange } from "@/components/note-range";
import { OddsTable } from "@/components/odds/odds-table";
import { ButtonLink } from "@/components/ui/button-link";
import { Section } from "@/components/ui/section";
import { amountText, dollarsExact } from "@/lib/money/format";
import { atAGlance } from "@/lib/programs/at-a-glance";
import { noteWords } from "@/lib/programs/note-words";
import { expectedValue, isMostlyBelowMean, oddsHash } from "@/lib/programs/odds";
import { oddsSentence, programSentences } from "@/lib/programs/sentences";
import { podPrices } from "@/lib/queries/prices";
import { currentPrograms, type ProgramInForce } from "@/lib/queries/programs";
import type { SearchParameters } from "@/lib/session/sign-in-visit";
import { YourInvitation } from "./your-invitation";

export default async function LandingPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const [programs, prices] = await Promise.all([currentPrograms(), podPrices()]);
  const signup = termsOf(programs, "signup-bonus");
  const words = signup && noteWords(signup);
  const template = termsOf(programs, "template-beta");
  const odds = signup?.bonus.kind === "draw" ? signup.bonus.odds : null;
  const referral = termsOf(programs, "referral");
  const gpus = gpusToReckonWith(prices);
  return (
    <>
      <YourInvitation here="/" searchParams={searchParams} />
      <div className="grid gap-12">
        <div className="grid items-center gap-8 lg:grid-cols-[1fr_1.2fr] lg:gap-12">
          <div>
            <h1 className="font-semibold text-4xl leading-[1.1] tracking-tight sm:text-5xl">
              {signup ? programSentences(signup).offer : "Prepaid GPU credit, every cent explained."}
            </h1>
            {odds && <p className="mt-4 max-w-prose text-lg">{oddsSentence(odds)}</p>}
            <p className="mt-3 max-w-prose text-muted">
              Tenspot keeps the books of your prepaid GPU credit. Usage is metered to a billionth of a dollar, bonuses
              and earnings follow published terms, and every cent says where it came from.
            </p>
            <div className="mt-6 flex flex-wrap gap-3">
              <ButtonLink href="/sign-in" look="primary">
                Sign in or sign up
              </ButtonLink>
              <ButtonLink href="/fairness">How a draw works</ButtonLink>
            </div>
          </div>
          {signup && words && (
            <Note
              seed={odds ? oddsHash(odds) : "10"}
              title={words.title}
              foot={odds ? `Specimen, engraved from the odds in force: ${oddsHash(odds).slice(0, 8)}…` : "Specimen"}
            >
              <NoteRange {...words} />
            </Note>
          )}
        </div>

        {signup?.trigger.kind === "spend" && (
          <Section title="Spent, not deposited">
            <TenDollars trigger={signup.trigger.amount} gpu={gpus[0]} />
          </Section>
        )}

        <Section title="At a glance" lead="Every way to get credit, from the terms in force.">
          <AtAGlance rows={programs.flatMap(({ terms }) => atAGlance(terms))} />
        </Section>

        <Section title="What it comes to" lead="Computed here by the rules that run on real usage. Change the numbers.">
          <div className="grid gap-4 lg:grid-cols-3 lg:grid-rows-[auto_1fr_auto]">
            <RuntimeCalculator gpus={gpus} amount={signup ? amountText(signup.trigger.amount) : "10"} />
            {referral && <ReferralCalculator rules={referralRules(referral)} from={new Date().toISOString()} />}
            {template && <TemplateCalculator royalty={template.royalty.rate} gateMs={template.gate.runtimeMs} />}
          </div>
        </Section>

        <Section title="The programs" lead="These sentences are made from the terms the ledger runs on.">
          <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
            {programs.map(({ terms, version }) => (
              <ProgramCard key={terms.program} sentences={programSentences(terms)} version={version} />
            ))}
          </div>
        </Section>

        {odds && (
          <Section
            title="The odds"
            lead={`The expected bonus is ${dollarsExact(expectedValue(odds))}, rare ones included${isMostlyBelowMean(odds) ? "; most draws are below it" : ""}. Within a row every cent is as likely as another.`}
            actions={
              <ButtonLink href="/fairness" small>
                Check the draws
              </ButtonLink>
            }
          >
            <OddsTable odds={odds} />
          </Section>
        )}
      </div>
    </>
  );
}

/** The terms of one program, where it is in force. */
function termsOf<P extends ProgramInForce["terms"]["program"]>(programs: readonly ProgramInForce[], program: P) {
  return programs
    .map(({ terms }) => terms)
    .find((terms): terms is Extract<ProgramInForce["terms"], { program: P }> => terms.program === program);
}

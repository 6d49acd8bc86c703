import type { Metadata } from "next";
import { YourInvitation } from "@/app/(public)/your-invitation";
import { BeaconSection } from "@/components/fairness/beacon-section";
import { DrawSteps } from "@/components/fairness/draw-steps";
import { DrawsTable } from "@/components/fairness/draws-table";
import { recomputeProgram } from "@/components/fairness/recompute";
import { VerifierLink } from "@/components/fairness/verifier-link";
import { Money } from "@/components/money";
import { FairnessTable } from "@/components/odds/fairness-table";
import { OddsTable } from "@/components/odds/odds-table";
import { ButtonLink } from "@/components/ui/button-link";
import { CodeBlock } from "@/components/ui/code-block";
import { Digest } from "@/components/ui/digest";
import { EmptyState } from "@/components/ui/empty-state";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { readEnv } from "@/lib/env";
import { amountText } from "@/lib/money/format";
import { expectedValue, spread } from "@/lib/programs/odds";
import { type OddsRecord, oddsRecords, publishedAnchors } from "@/lib/queries/fairness";
import { type PublishedDraws, publishedDraws } from "@/lib/queries/published-draws";
import type { SearchParameters } from "@/lib/session/sign-in-visit";

export const metadata: Metadata = {
  title: "Fairness",
  description: "The odds of every bonus, how it is drawn, and every draw counted against what the odds promise.",
};

const DRAWS_SHOWN = 25;

export default async function FairnessPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const before = [(await searchParams).before].flat()[0];
  const [records, anchors, listed] = await Promise.all([
    oddsRecords(),
    publishedAnchors(),
    publishedDraws({ limit: DRAWS_SHOWN, ...(before ? { before } : {}) }),
  ]);
  const { BEACON } = readEnv(["BEACON"]);
  const draws = records.reduce((sum, { result }) => sum + result.draws, 0);
  return (
    <>
      <YourInvitation here="/fairness" searchParams={searchParams} />
      <div className="grid gap-10">
        <div>
          <PageHeader
            title="Fairness of the draws"
            lead="The odds are published before a draw, the randomness after it, and anyone can repeat the calculation."
          />
          <FigureLine
            label="Draws made"
            note="each counted below against the odds it was made by; counted anew every few seconds"
          >
            <span className="font-semibold text-4xl tracking-tight sm:text-5xl">{draws.toLocaleString("en-US")}</span>
          </FigureLine>
        </div>
        {records.length === 0 && (
          <EmptyState title="No odds are published">
            No program in these terms draws a bonus. When one does, its odds appear here before the first draw.
          </EmptyState>
        )}
        {records.map((record) => (
          <OddsSection
            key={record.hash}
            title={records.length === 1 ? "The odds" : `Odds ${record.hash.slice(0, 8)}`}
            record={record}
          />
        ))}
        <Section title="How a draw works">
          <DrawSteps />
        </Section>
        <ListSection listed={listed} isFirstPage={!before} />
        <BeaconSection beacon={BEACON} anchors={anchors} />
        <Section
          title="Repeat a draw yourself"
          lead="Every draw above leads to its data as JSON. Check them where no page of ours has a say."
        >
          <div className="grid max-w-prose gap-3 text-sm">
            <p>
              Save <VerifierLink />, open it on your computer and give it the JSON: a page that needs no network, shows
              every step, and checks the signatures of drand too.
            </p>
            <p>Or save this program, and give it the address of the draw: Python 3 and nothing else.</p>
          </div>
          <div className="mt-3">
            <CodeBlock label="A program that recomputes a draw">{recomputeProgram}</CodeBlock>
          </div>
        </Section>
      </div>
    </>
  );
}

function OddsSection({ title, record }: { title: string; record: OddsRecord }) {
  const { odds, hash, canonical, usedBy, result, meanDrawn } = record;
  return (
    <Section title={title} lead={`In the terms ${usedBy.join(", ")}.`}>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <div className="min-w-0">
          <h3 className="mb-1 font-medium">What they promise</h3>
          <OddsTable odds={odds} />
        </div>
        <div className="min-w-0">
          <h3 className="mb-1 font-medium">Drawn so far</h3>
          <FairnessTable odds={odds} result={result} />
        </div>
      </div>
      <Facts className="mt-6">
        <Fact term="Average bonus" note="The mean of all draws the odds allow, weighted by chance.">
          <Money amount={amountText(expectedValue(odds))} />
        </Fact>
        <Fact term="Spread" note="The standard deviation of a bonus. Most draws give the least; few give far more.">
          <Money amount={amountText(spread(odds))} />
        </Fact>
        {meanDrawn !== null && (
          <Fact term="Average drawn so far" note={`Over ${drawsText(result.draws)}.`}>
            <Money amount={amountText(meanDrawn)} />
          </Fact>
        )}
        <Fact long term="Odds as hashed">
          <Digest>{canonical}</Digest>
        </Fact>
        <Fact long term="SHA-256 of them" note="Part of every draw: other odds give another hash.">
          <Digest>{hash}</Digest>
        </Fact>
      </Facts>
    </Section>
  );
}

const drawsText = (draws: number): string => `${draws.toLocaleString("en-US")} ${draws === 1 ? "draw" : "draws"}`;

function ListSection({ listed, isFirstPage }: { listed: PublishedDraws; isFirstPage: boolean }) {
  return (
    <Section
      title="Every draw"
      lead="Each with a round, drawn or not yet, under the id it was given at sign-up. No draw names a person."
    >
      {listed.draws.length > 0 ? (
        <DrawsTable draws={listed.draws} />
      ) : (
        <EmptyState title={isFirstPage ? "None yet" : "No more"}>
          A draw appears here as soon as it has a round, before anyone can know its result.
        </EmptyState>
      )}
      <div className="mt-3 flex gap-2">
        {!isFirstPage && (
          <ButtonLink href="/fairness" small>
            Latest
          </ButtonLink>
        )}
        {listed.next && (
          <ButtonLink href={`/fairness?before=${listed.next}`} small>
            Older
          </ButtonLink>
        )}
      </div>
    </Section>
  );
}

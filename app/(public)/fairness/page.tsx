import type { Metadata } from "next";
import { DrawSteps } from "@/components/fairness/draw-steps";
import { recomputeProgram } from "@/components/fairness/recompute";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { FairnessTable } from "@/components/odds/fairness-table";
import { OddsTable } from "@/components/odds/odds-table";
import { CodeBlock } from "@/components/ui/code-block";
import { Digest } from "@/components/ui/digest";
import { EmptyState } from "@/components/ui/empty-state";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { amountText } from "@/lib/money/format";
import { expectedValue } from "@/lib/programs/odds";
import { type OddsRecord, oddsRecords, type PublishedAnchor, publishedAnchors } from "@/lib/queries/fairness";

export const metadata: Metadata = {
  title: "Fairness",
  description: "The odds of every bonus, how it is drawn, and every draw counted against what the odds promise.",
};

export default async function FairnessPage() {
  const [records, anchors] = await Promise.all([oddsRecords(), publishedAnchors()]);
  const draws = records.reduce((sum, { result }) => sum + result.draws, 0);
  return (
    <div className="grid gap-10">
      <div>
        <PageHeader
          title="Fairness of the draws"
          lead="The odds are published before a draw, the randomness after it, and anyone can repeat the calculation."
        />
        <FigureLine label="Draws made" note="each counted below against the odds it was made by">
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
      {anchors.length > 0 && <ChainSection anchors={anchors} />}
      <Section
        title="Repeat a draw yourself"
        lead="Any bonus page names its draw's id. Save this program, and give it the address of the draw: Python 3 and nothing else."
      >
        <CodeBlock label="A program that recomputes a draw">{recomputeProgram}</CodeBlock>
      </Section>
    </div>
  );
}

function OddsSection({ title, record }: { title: string; record: OddsRecord }) {
  const { odds, hash, canonical, usedBy, result } = record;
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

function ChainSection({ anchors }: { anchors: readonly PublishedAnchor[] }) {
  return (
    <Section title="The beacon of this installation">
      <div className="grid gap-4">
        <Notice
          look="warn"
          title="The local beacon shows that results follow what was published. Its owner could foresee them."
        >
          Randomness comes from a chain in which each link is the SHA-256 of the next one to be revealed. Its end, the
          anchor, was published before any draw, and each draw uses up one link, in order. With the public drand beacon
          nobody can foresee a result, the operator included.
        </Notice>
        <Facts>
          {anchors.map(({ anchor, length, used, publishedAt }) => (
            <Fact
              key={anchor}
              long
              term="Anchor"
              note={
                <>
                  published <Instant at={publishedAt} />, {used.toLocaleString("en-US")} of{" "}
                  {length.toLocaleString("en-US")} links given to draws
                </>
              }
            >
              <Digest>{anchor}</Digest>
            </Fact>
          ))}
        </Facts>
      </div>
    </Section>
  );
}

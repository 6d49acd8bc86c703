import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { nameTemplate } from "@/app/(dashboard)/templates/actions";
import { TemplateCalculator } from "@/components/calculators/template-calculator";
import { TemplateChart } from "@/components/charts/template-chart";
import { WhyNotYet } from "@/components/checklist/why-not-yet";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { Instant } from "@/components/instant";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { ProgramRules } from "@/components/referrals/program-rules";
import { ReleaseList } from "@/components/statement/release-list";
import { GateProgress } from "@/components/templates/gate-progress";
import { RenameForm } from "@/components/templates/rename-form";
import { RoyaltyState } from "@/components/templates/royalty-state";
import { spendWords } from "@/components/templates/spend-words";
import { ownFigures } from "@/components/templates/what-if";
import { CopyField } from "@/components/ui/copy-field";
import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { royaltyPostings } from "@/lib/queries/releases";
import { templateOf } from "@/lib/queries/templates";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Template" };

const periods = ["7", "30", "90", "365", "730"] as const;

const periodLabels = { 7: "7 days", 30: "30 days", 90: "90 days", 365: "A year", 730: "Two years" } as const;

interface TemplatePageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ days?: string | string[] }>;
}

export default async function TemplatePage({ params, searchParams }: TemplatePageProps) {
  const account = await requireAccount();
  const [{ id }, { days }] = await Promise.all([params, searchParams]);
  const period = periods.find((each) => each === days) ?? "30";
  const externalId = decoded(id);
  const found = await templateOf(account, externalId, { days: Number(period) });
  if (!found) notFound();
  const { template, rules, conditions, history } = found;
  const releases = await royaltyPostings(account, externalId);
  const { royalty, gate } = template;
  const start = ownFigures(template.users, history);
  const words = spendWords[template.provenance];
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title={template.name}
        lead={
          <>
            <Link className="link" href="/templates">
              Templates
            </Link>{" "}
            / <Digest>{template.externalId}</Digest>
          </>
        }
        actions={<RoyaltyState gate={gate} />}
      />
      <div className="grid gap-8">
        <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
          <div className="grid gap-5">
            <FigureLine label="Royalty earned" note={`${template.rate} of ${words.base} on pods started from it.`}>
              <LiveMoney amount={royalty.accrued} size="xl" />
            </FigureLine>
            <GateProgress gate={gate} runtimeMs={template.runtimeMs} thick />
            <WhyNotYet conditions={conditions} audience="owner" about={`the royalty of ${template.name}`} />
          </div>
          <Facts>
            <Fact term="Released" note="In your earned credit, as of the last sweep.">
              <Money amount={royalty.released} />
            </Fact>
            <Fact
              term="Pending"
              note={
                gate.metAt === null &&
                (gate.isMet ? "The gate is met: released with the next sweep." : "Released when the gate is met.")
              }
            >
              <Money amount={royalty.pending} />
            </Fact>
            <Fact term="Spend of others" note={words.note}>
              <LiveMoney amount={template.spend} />
            </Fact>
            <Fact term="Users besides you">{template.users.toLocaleString("en-US")}</Fact>
            <Fact term="Registered">
              <Instant at={template.registeredAt} />
            </Fact>
          </Facts>
        </div>
        <Section
          title="Over time"
          actions={
            <SegmentedLinks
              label="Period"
              items={periods.map((each) => ({
                href: `/templates/${encodeURIComponent(externalId)}?days=${each}`,
                label: periodLabels[each],
                current: each === period,
              }))}
            />
          }
        >
          <div className="grid gap-8 lg:grid-cols-2">
            <TemplateChart measure="spend" days={history} spendUnit={words.unit} />
            <TemplateChart measure="runtime" days={history} spendUnit={words.unit} />
          </div>
        </Section>
        <div className="grid items-start gap-8 lg:grid-cols-2 lg:gap-10">
          <Section
            title="What if"
            lead={
              start
                ? "Begins with an average week of the period above, rounded down; change it. Only totals are kept, so whoever ever ran it counts as a user, as long as each has a tenth of an hour, and all hours, your own included, count as theirs: the price of an hour may come out low."
                : "Begins with an example: too little ran in the period above that earns."
            }
          >
            <TemplateCalculator
              royalty={found.royaltyRate}
              gateMs={BigInt(gate.remainingMs)}
              title={`What ${template.name} would earn`}
              {...(start ? { start } : {})}
            />
          </Section>
          <Section
            title="Share it"
            lead="Whoever opens the link reads what the template is and its id, and counts as having followed your referral link."
          >
            <CopyField label="Link to the template" value={found.shareUrl} />
            <details className="mt-4 text-sm">
              <summary className="w-fit text-muted hover:text-ink">Rename it</summary>
              <div className="mt-3">
                <RenameForm action={nameTemplate} externalId={template.externalId} name={template.name} />
              </div>
            </details>
          </Section>
        </div>
        {releases.length > 0 && (
          <Section title="Newest royalty" lead="Each one opens to the days, the rate and the arithmetic it comes of.">
            <ReleaseList releases={releases} what="royalty" />
          </Section>
        )}
        <Section title="What counts" lead="The terms this template is pinned to, for as long as it exists.">
          <ProgramRules rules={rules} />
        </Section>
      </div>
    </>
  );
}

/** A part of an address as it was meant; as it stands where it is no proper encoding of anything. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

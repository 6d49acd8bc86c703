import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Fact, Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import type { ActAction } from "./act-state";
import { SettingsForm } from "./settings-form";

interface Sentences {
  title: string;
  offer: string;
  counts: readonly string[];
  doesNotCount: readonly string[];
  conditions: readonly string[];
}

interface Program {
  program: string;
  version: string;
  /** ISO 8601 */
  effectiveFrom: string;
  sentences: Sentences;
  /** Exact decimal dollars; null for a program that draws no bonus. */
  settings: {
    paused: boolean;
    budget: string | null;
    reserved: string;
    spent: string;
    left: string | null;
    queued: number;
    held: number;
  } | null;
}

/** A program: how it stands, what may be changed of it, and the terms newcomers join under. */
export function ProgramItem({ program, action }: { program: Program; action: ActAction }) {
  const { settings, version, effectiveFrom, sentences } = program;
  return (
    <Section
      id={program.program}
      title={program.program}
      lead={sentences.offer}
      actions={
        settings && <Badge tone={settings.paused ? "warn" : "good"}>{settings.paused ? "Paused" : "Runs"}</Badge>
      }
    >
      {settings ? (
        <Facts className="max-w-xl">
          <Fact term="Budget">{settings.budget === null ? "no limit" : <Money amount={settings.budget} />}</Fact>
          <Fact term="Given">
            <Money amount={settings.spent} />
          </Fact>
          <Fact term="Held for draws under way">
            <Money amount={settings.reserved} />
          </Fact>
          {settings.left !== null && (
            <Fact term="Left">
              <Money amount={settings.left} className="font-semibold" />
            </Fact>
          )}
          <Fact term="Draws that wait for a round">{settings.queued}</Fact>
          <Fact term="Held for review">{settings.held}</Fact>
        </Facts>
      ) : (
        <p className="text-muted text-sm">It draws no bonus, so it has no budget and nothing to pause.</p>
      )}
      {settings && (
        <details className="mt-3">
          <summary className="link w-fit text-sm">
            Change<span className="sr-only"> {program.program}</span>
          </summary>
          <div className="mt-3 border-line border-l-2 pl-4">
            <SettingsForm
              // What was changed meanwhile is what the form begins with.
              key={`${settings.paused} ${settings.budget}`}
              action={action}
              program={program.program}
              paused={settings.paused}
              budget={settings.budget ?? ""}
            />
          </div>
        </details>
      )}
      <details className="mt-3">
        <summary className="link w-fit text-sm">
          Terms {version}
          <span className="sr-only"> of {program.program}</span>
        </summary>
        <div className="mt-3 grid max-w-prose gap-2 border-line border-l-2 pl-4 text-sm">
          <p className="text-muted">
            In force since <Instant at={effectiveFrom} />. Everybody stays on the version they joined under.
          </p>
          <Sentence title="Counts" sentences={sentences.counts} />
          <Sentence title="Does not count" sentences={sentences.doesNotCount} />
          <Sentence title="Conditions" sentences={sentences.conditions} />
        </div>
      </details>
    </Section>
  );
}

function Sentence({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <p className="font-medium">{title}</p>
      <ul className="list-disc pl-5">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

import type { ProgramSentences } from "@/lib/programs/sentences";

interface ProgramCardProps {
  sentences: ProgramSentences;
  version: string;
}

/** A program in the words its own terms give: the offer, and below it everything that qualifies it. */
export function ProgramCard({ sentences, version }: ProgramCardProps) {
  const { title, offer, counts, doesNotCount, conditions } = sentences;
  return (
    <article className="flex min-w-0 flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      <p className="max-w-prose">{offer}</p>
      <details className="text-sm">
        <summary className="text-muted hover:text-ink">
          What counts, what does not<span className="sr-only">: {title}</span>
        </summary>
        <div className="mt-2 grid gap-3">
          <Sentences title="Counts" sentences={counts} />
          <Sentences title="Does not count" sentences={doesNotCount} />
          <Sentences title="Conditions" sentences={conditions} />
          <p className="text-muted">Terms of {version}. Whoever joins under them keeps them.</p>
        </div>
      </details>
    </article>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <h4 className="font-medium">{title}</h4>
      <ul className="list-disc pl-5 text-muted">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

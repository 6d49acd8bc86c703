import type { ProgramSentences } from "@/lib/programs/sentences";

/** What counts for a program and what does not, in the sentences its own terms give; the conditions below. */
export function ProgramRules({ rules: { counts, doesNotCount, conditions } }: { rules: ProgramSentences }) {
  return (
    <div className="text-sm">
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Sentences title="Counts" sentences={counts} />
        <Sentences title="Does not count" sentences={doesNotCount} />
      </div>
      <details className="mt-3">
        <summary className="text-muted hover:text-ink">Conditions</summary>
        <ul className="mt-1 max-w-prose list-disc pl-5 text-muted">
          {conditions.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <ul className="list-disc pl-5 text-muted">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

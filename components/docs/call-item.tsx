import { CodeBlock } from "@/components/ui/code-block";
import type { Call } from "./call";
import { FieldTable } from "./field-table";
import { Prose } from "./prose";

/** One call: what it does, what it takes, how to ask, and, opened, what it answers. */
export function CallItem({ call }: { call: Call }) {
  const { anchor, method, path, scope, summary, description, parameters, body, answer, statuses, example } = call;
  return (
    <article id={anchor} aria-labelledby={`${anchor}-title`} className="grid min-w-0 scroll-mt-4 gap-3">
      <header>
        <h3 id={`${anchor}-title`} className="font-semibold text-lg">
          {summary}
        </h3>
        <p className="mt-1 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
          <code className="font-mono [overflow-wrap:anywhere]">
            <span className="font-semibold">{method}</span> {path}
          </code>
          <span className="text-muted">{scope === null ? "anyone" : <Prose>{`scope \`${scope}\``}</Prose>}</span>
        </p>
      </header>
      {description && (
        <p className="max-w-prose">
          <Prose>{description}</Prose>
        </p>
      )}
      {parameters.length > 0 && <FieldTable caption={`Parameters: ${summary}`} fields={parameters} ofRequest />}
      {body.length > 0 && <FieldTable caption={`Body: ${summary}`} fields={body} ofRequest />}
      <CodeBlock label={`Example: ${summary}`}>{example}</CodeBlock>
      <details>
        <summary className="link w-fit cursor-pointer text-sm">
          What it answers<span className="sr-only">: {summary}</span>
        </summary>
        <div className="mt-3 grid gap-4">
          <dl className="grid gap-1 text-sm">
            {statuses.map(({ status, description: meaning }) => (
              <div key={status} className="flex gap-3">
                <dt className="font-mono">{status}</dt>
                <dd className="min-w-0 text-muted">
                  <Prose>{meaning}</Prose>
                </dd>
              </div>
            ))}
          </dl>
          {answer.length > 0 && <FieldTable caption={`Answer: ${summary}`} fields={answer} ofRequest={false} />}
        </div>
      </details>
    </article>
  );
}

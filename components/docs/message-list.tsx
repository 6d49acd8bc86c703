import type { CallField } from "./call";
import { FieldTable } from "./field-table";
import { Prose } from "./prose";

interface MessageListProps {
  messages: readonly { type: string; description: string; fields: readonly CallField[] }[];
}

/** What webhooks are told of, each with what it says, opened. */
export function MessageList({ messages }: MessageListProps) {
  return (
    <div className="grid gap-5">
      {messages.map(({ type, description, fields }) => (
        <article key={type} aria-labelledby={`message-${type}`} className="grid min-w-0 gap-1">
          <h3 id={`message-${type}`} className="font-mono font-semibold [overflow-wrap:anywhere]">
            {type}
          </h3>
          <p className="max-w-prose">
            <Prose>{description}</Prose>
          </p>
          <details>
            <summary className="link w-fit cursor-pointer text-sm">
              What it says<span className="sr-only">: {type}</span>
            </summary>
            <div className="mt-3">
              <FieldTable caption={`Body: ${type}`} fields={fields} ofRequest={false} />
            </div>
          </details>
        </article>
      ))}
    </div>
  );
}

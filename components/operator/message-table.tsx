import { Instant } from "@/components/instant";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { Digest } from "@/components/ui/digest";
import { Table, Td, Th } from "@/components/ui/table";
import type { ActAction } from "./act-state";
import { Folded } from "./folded";
import { ReasonedForm } from "./reasoned-form";

interface Attempt {
  number: number;
  /** ISO 8601, as all instants here. */
  at: string;
  tookMs: number;
  status: number | null;
  failure: string | null;
  answer: string;
}

interface Message {
  lane: number;
  eventId: string;
  endpointId: string;
  messageId: string;
  type: string;
  at: string;
  url: string;
  canReplay: boolean;
  state: "waiting" | "delivered" | "failed";
  nextAt: string | null;
  data: string;
  attempts: readonly Attempt[];
}

const states = {
  waiting: { label: "Waits", tone: "wait" },
  delivered: { label: "Delivered", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
} as const;

/** Messages and what came of each attempt, the latest first. */
export function MessageTable({ messages, replay }: { messages: readonly Message[]; replay: ActAction }) {
  return (
    <Table caption="Messages, the latest first">
      <thead>
        <tr>
          <Th>Message</Th>
          <Th>Happened</Th>
          <Th>State</Th>
          <Th>Endpoint and attempts</Th>
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <tr key={`${message.eventId} ${message.endpointId}`}>
            <Th scope="row" className="min-w-52 align-baseline font-normal">
              <span className="font-medium">{message.type}</span>
              <span className="block text-muted text-xs">
                <Digest>{message.messageId}</Digest>
              </span>
              <Folded label="Content" about={`of ${message.messageId}`}>
                <CodeBlock label={`Content of ${message.messageId}`}>{message.data}</CodeBlock>
              </Folded>
            </Th>
            <Td className="align-baseline">
              <Instant at={message.at} precision="second" />
            </Td>
            <Td className="align-baseline">
              <Badge tone={states[message.state].tone}>{states[message.state].label}</Badge>
              {message.nextAt !== null && (
                <span className="mt-1 block text-muted text-xs">
                  next try <Instant at={message.nextAt} precision="second" />
                </span>
              )}
            </Td>
            <Td className="min-w-72 align-baseline">
              <span className="wrap-anywhere block">{message.url}</span>
              <AttemptList attempts={message.attempts} />
              {message.canReplay && (
                <div className="mt-2">
                  <Folded label="Send again" about={message.messageId}>
                    <ReasonedForm
                      action={replay}
                      about={{ lane: message.lane, eventId: message.eventId, endpointId: message.endpointId }}
                      meaning="The same message with the same id; where it fails, its retries begin anew."
                      label="Send it again"
                      pending="Asking for it…"
                    />
                  </Folded>
                </div>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function AttemptList({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <span className="text-muted text-xs">Not tried yet.</span>;
  return (
    <ul className="mt-1 grid gap-1 text-xs">
      {attempts.map(({ number, at, tookMs, status, failure, answer }) => (
        <li key={number}>
          <span className="text-muted">
            {number}. <Instant at={at} precision="second" />,
          </span>{" "}
          {status === null ? failure : `answered ${status}`} <span className="text-muted">({tookMs} ms)</span>
          {answer !== "" && (
            <span className="wrap-anywhere line-clamp-2 block text-muted">“{answer.slice(0, 200)}”</span>
          )}
        </li>
      ))}
    </ul>
  );
}

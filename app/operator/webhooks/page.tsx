import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { EndpointForm } from "@/components/operator/endpoint-form";
import { EndpointItem } from "@/components/operator/endpoint-item";
import { MessageTable } from "@/components/operator/message-table";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { type MessageState, messageLog, messageStates, webhookEndpoints } from "@/lib/queries/operator/webhooks";
import { messageTypes } from "@/lib/services/webhooks/message-types";
import { requireOperator } from "@/lib/session/current-operator";
import { addWebhook, pauseWebhook, removeWebhook, replayWebhook, resumeWebhook, rotateWebhook } from "./actions";

export const metadata: Metadata = { title: "Webhooks" };

const said: Readonly<Record<string, string>> = {
  paused: "The endpoint is paused: what happens waits for it.",
  resumed: "The endpoint is sent what waited, and what happens from now on.",
  removed: "The endpoint is removed: nothing is sent to it any more.",
  replayed: "The message is sent again: the log tells what comes of it.",
};

const labels: Readonly<Record<MessageState, string>> = { waiting: "Wait", delivered: "Delivered", failed: "Failed" };
const acts = { pause: pauseWebhook, resume: resumeWebhook, remove: removeWebhook, rotate: rotateWebhook };

export default async function WebhooksPage({ searchParams }: SearchProps) {
  await requireOperator();
  const search = await searchParams;
  const state = messageStates.find((each) => each === given(search, "state")) ?? null;
  const before = given(search, "before") ?? null;
  const [endpoints, { messages, next }] = await Promise.all([webhookEndpoints(), messageLog({ state, before })]);
  const done = said[given(search, "done") ?? ""];
  return (
    <>
      <PageHeader
        title="Webhooks"
        lead="Your own systems are told of what happens here: signed, at least once, and tried again for three days."
      />
      <div className="grid gap-8">
        {done !== undefined && <Notice announce title={done} />}
        <Section title="Endpoints">
          {endpoints.length > 0 ? (
            <ul aria-label="Endpoints, the oldest first" className="grid gap-6">
              {endpoints.map((endpoint) => (
                <EndpointItem key={endpoint.id} endpoint={endpoint} acts={acts} />
              ))}
            </ul>
          ) : (
            <EmptyState title="Nobody is told yet">Add the address of a system of yours that listens.</EmptyState>
          )}
        </Section>
        <Section title="Add an endpoint" lead="It is told of all that happens from then on.">
          <EndpointForm kinds={messageTypes} action={addWebhook} />
        </Section>
        <Section title="Log">
          <div className="mb-3">
            <SegmentedLinks
              label="Messages by their state"
              items={[null, ...messageStates].map((each) => ({
                href: pageOf({ state: each }),
                label: each === null ? "All" : labels[each],
                current: each === state,
              }))}
            />
          </div>
          {messages.length > 0 ? (
            <MessageTable messages={messages} replay={replayWebhook} />
          ) : (
            <EmptyState title="No message here">
              Messages are written when something happens that an endpoint listens to.
            </EmptyState>
          )}
          <div className="mt-3 flex gap-2">
            {before !== null && (
              <ButtonLink href={pageOf({ state })} small>
                Latest
              </ButtonLink>
            )}
            {next !== null && (
              <ButtonLink href={pageOf({ state, before: next })} small>
                Older
              </ButtonLink>
            )}
          </div>
        </Section>
      </div>
    </>
  );
}

function pageOf(wanted: { state: MessageState | null; before?: string }): string {
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return given.length > 0 ? `/operator/webhooks?${new URLSearchParams(given)}` : "/operator/webhooks";
}

import type { Metadata } from "next";
import { YourInvitation } from "@/app/(public)/your-invitation";
import { CallIndex } from "@/components/docs/call-index";
import { CallItem } from "@/components/docs/call-item";
import { MessageList } from "@/components/docs/message-list";
import { Prose } from "@/components/docs/prose";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { apiReference } from "@/lib/session/api-reference";
import type { SearchParameters } from "@/lib/session/sign-in-visit";

export const metadata: Metadata = { title: "API reference" };

export default async function ApiReferencePage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const { intro, groups, messages } = await apiReference();
  return (
    <>
      <YourInvitation here="/docs/api" searchParams={searchParams} />
      <PageHeader
        title="API reference"
        lead={intro[0]}
        actions={
          <a href="/api/v1/openapi.json" className="link text-sm">
            As OpenAPI 3.1
          </a>
        }
      />
      <div className="grid gap-10">
        <div className="grid max-w-prose gap-3">
          {intro.slice(1).map((paragraph) => (
            <p key={paragraph}>
              <Prose>{paragraph}</Prose>
            </p>
          ))}
        </div>
        <CallIndex groups={groups} />
        {groups.map(({ name, description, calls }) => (
          <Section key={name} title={name} lead={description}>
            <div className="grid gap-10">
              {calls.map((call) => (
                <CallItem key={call.anchor} call={call} />
              ))}
            </div>
          </Section>
        ))}
        <Section title="Webhooks" lead="What is told to an endpoint of the operator's, in the machine API's own words.">
          <MessageList messages={messages} />
        </Section>
      </div>
    </>
  );
}

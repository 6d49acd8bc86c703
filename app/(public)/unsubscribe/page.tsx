import type { Metadata } from "next";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { readEnv } from "@/lib/env";
import { topics } from "@/lib/services/notifications/kinds";
import {
  readUnsubscribeQuery,
  UNSUBSCRIBE_POST,
  unsubscribeQuery,
} from "@/lib/services/notifications/unsubscribe-link";
import { topicWords } from "@/lib/services/notifications/words";
import type { SearchParameters } from "@/lib/session/sign-in-visit";

export const metadata: Metadata = { title: "Stop mails", robots: { index: false } };

export default async function UnsubscribePage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const search = await searchParams;
  const done = topics.find((topic) => topic === search.done);
  const secret = readEnv(["NEXTAUTH_SECRET"]).NEXTAUTH_SECRET;
  const wanted = readUnsubscribeQuery(search, secret);
  return (
    <div className="mx-auto grid w-full max-w-md gap-4 py-6 sm:py-12">
      <PageHeader title={done ? "No more of these mails" : "Stop these mails?"} />
      {done && (
        <Notice
          announce
          title={`Mails about “${topicWords[done].label.toLowerCase()}” are off`}
          action={
            <ButtonLink href="/settings#notifications" small>
              What you are told
            </ButtonLink>
          }
        >
          The same is still told in your list of notifications. You can have the mails again whenever you like.
        </Notice>
      )}
      {!done && !wanted && (
        <Notice look="warn" title="This link is not complete" announce>
          Nothing was changed. Mail programs sometimes cut long addresses: open the link from the mail again, or sign in
          and choose under Settings.
        </Notice>
      )}
      {!done && wanted && (
        <form
          method="post"
          action={`${UNSUBSCRIBE_POST}?${unsubscribeQuery(wanted, secret)}&from=page`}
          className="grid gap-4"
        >
          <p>
            No more mail is sent to you about{" "}
            <strong className="font-medium">{topicWords[wanted.topic].label.toLowerCase()}</strong>:{" "}
            {topicWords[wanted.topic].about.charAt(0).toLowerCase() + topicWords[wanted.topic].about.slice(1)}
          </p>
          <Button type="submit" look="primary">
            Stop these mails
          </Button>
          <p className="text-muted text-sm">
            Other mails go on, and so does the list of notifications in your account.
          </p>
        </form>
      )}
    </div>
  );
}

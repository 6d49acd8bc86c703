import type { Metadata } from "next";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { NotificationList } from "@/components/notifications/notification-list";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { notificationPage } from "@/lib/queries/notifications";
import { requireAccount } from "@/lib/session/current-account";
import { markAsRead } from "./actions";

export const metadata: Metadata = { title: "Notifications" };

interface NotificationsProps {
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function NotificationsPage({ searchParams }: NotificationsProps) {
  const account = await requireAccount();
  const { before } = await searchParams;
  const from = typeof before === "string" ? before : null;
  const { items, next } = await notificationPage(account, from);
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Notifications"
        lead="What happened to your bonuses, referrals, templates and balance, told once."
        actions={
          <ButtonLink href="/settings#notifications" small>
            What you are told
          </ButtonLink>
        }
      />
      {items.length > 0 ? (
        <NotificationList items={items} markRead={markAsRead} />
      ) : (
        <EmptyState title={from === null ? "Nothing yet" : "Nothing older"}>
          A bonus drawn, a referral that qualifies, a balance that runs low: it is told here, and by e-mail if you like.
        </EmptyState>
      )}
      <div className="mt-4 flex gap-2">
        {from !== null && (
          <ButtonLink href="/notifications" small>
            Latest
          </ButtonLink>
        )}
        {next !== null && (
          <ButtonLink href={`/notifications?before=${next}`} small>
            Older
          </ButtonLink>
        )}
      </div>
    </>
  );
}

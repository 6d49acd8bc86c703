"use client";

import { useActionState } from "react";
import { Instant } from "@/components/instant";
import { type SettingsAction, type SettingsState, unsent } from "@/components/settings/form-shape";
import { classes } from "@/components/ui/classes";
import { FormMessage } from "@/components/ui/form-message";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";

interface NotificationListProps {
  items: readonly {
    id: string;
    /** ISO 8601 */
    at: string;
    title: string;
    text: string;
    path: string;
    isRead: boolean;
  }[];
  /** Marks the one named `id`; all without it. */
  markRead: SettingsAction<SettingsState>;
}

/** What one was told, the latest first; what is unread stands out. */
export function NotificationList({ items, markRead }: NotificationListProps) {
  const [state, send] = useActionState(markRead, unsent);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <FormMessage state={state} />
        {items.some(({ isRead }) => !isRead) && (
          <form action={send}>
            <SubmitButton look="secondary" small pending="Marking…">
              Mark all as read
            </SubmitButton>
          </form>
        )}
      </div>
      <ul aria-label="What you were told, the latest first" className="border-line border-t">
        {items.map(({ id, at, title, text, path, isRead }) => (
          <li
            key={id}
            className={classes(
              "grid gap-x-6 gap-y-1 border-line border-b border-l-2 py-3 pl-3 sm:grid-cols-[minmax(0,1fr)_auto]",
              isRead ? "border-l-transparent" : "border-l-accent",
            )}
          >
            <div>
              <h2 className={classes("text-base leading-snug", !isRead && "font-semibold")}>
                {!isRead && <span className="sr-only">Unread: </span>}
                <Link href={path} className="hover:text-accent hover:underline">
                  {title}
                </Link>
              </h2>
              <p className="mt-0.5 max-w-prose whitespace-pre-line break-words text-muted text-sm">{text}</p>
            </div>
            <div className="flex items-baseline gap-3 sm:flex-col sm:items-end sm:gap-1">
              <span className="text-muted text-sm">
                <Instant at={at} />
              </span>
              {!isRead && (
                <form action={send}>
                  <input type="hidden" name="id" value={id} />
                  <SubmitButton look="quiet" small pending="Marking…">
                    Mark as read<span className="sr-only">: {title}</span>
                  </SubmitButton>
                </form>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { notifications } from "@/db/schema/notifications";
import { readChoices } from "@/lib/services/notifications/choices";
import { readTold, type Topic } from "@/lib/services/notifications/kinds";
import { topicWords, wordsOf } from "@/lib/services/notifications/words";
import type { AccountKey } from "./account-key";

/** One thing an account was told. */
export interface NotificationView {
  id: string;
  /** ISO 8601 */
  at: string;
  title: string;
  text: string;
  path: string;
  isRead: boolean;
}

export interface NotificationPage {
  items: NotificationView[];
  /** Where the older ones begin; null when these are the last. */
  next: string | null;
}

/** More is not counted: nobody reads the difference. */
export const UNREAD_MAX = 100;

/** How much is unread, up to a hundred. */
export async function unreadCount({ lane, id }: AccountKey): Promise<number> {
  await connection();
  const [row] = await db().$client<{ unread: number }[]>`
    select count(*)::int as unread from (
      select from notifications where account_id = ${id} and lane = ${lane} and listed and read_at is null
       limit ${UNREAD_MAX}) unread`;
  return row?.unread ?? 0;
}

const SIZE = 30;
const PLACE = /^([0-9]{1,15})\.([0-9a-f-]{36})$/;

/** What an account was told, the latest first. */
export async function notificationPage({ lane, id }: AccountKey, before: string | null): Promise<NotificationPage> {
  await connection();
  const place = PLACE.exec(before ?? "");
  const after = place
    ? sql`(${notifications.at}, ${notifications.id}) < (to_timestamp(${place[1]}::bigint / 1000.0), ${place[2]}::uuid)`
    : undefined;
  const rows = await db()
    .select()
    .from(notifications)
    .where(and(eq(notifications.lane, lane), eq(notifications.accountId, id), eq(notifications.listed, true), after))
    .orderBy(desc(notifications.at), desc(notifications.id))
    .limit(SIZE + 1);
  const shown = rows.slice(0, SIZE);
  const last = rows.length > SIZE ? shown.at(-1) : undefined;
  return {
    items: shown.flatMap((row) => {
      const told = readTold(row.kind, row.facts);
      if (told === null) return [];
      return { id: row.id, at: row.at.toISOString(), isRead: row.readAt !== null, ...wordsOf(told) };
    }),
    next: last ? `${last.at.getTime()}.${last.id}` : null,
  };
}

export interface TopicChoice {
  topic: Topic;
  label: string;
  about: string;
  listed: boolean;
  mailed: boolean;
}

/** What an account hears of, and how. */
export async function topicChoices(account: AccountKey): Promise<TopicChoice[]> {
  await connection();
  const choices = await readChoices(db(), account);
  return choices.map((choice) => ({ ...choice, ...topicWords[choice.topic] }));
}

import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";

/** An endpoint that was not removed. */
export interface EndpointView {
  id: string;
  url: string;
  /** Kinds of message; null for all. */
  types: readonly string[] | null;
  state: "active" | "paused";
  addedBy: string;
  /** ISO 8601 */
  addedAt: string;
  /** Secrets that sign now, the newest first: when each was made and when it ends, ISO 8601. */
  secrets: readonly { madeAt: string; endsAt: string | null }[];
  waiting: number;
  failed: number;
}

interface EndpointRow extends Omit<EndpointView, "addedAt" | "secrets" | "addedBy"> {
  added_by: string;
  added_ms: string;
  secrets: readonly { made_ms: number; ends_ms: number | null }[] | string;
}

const instant = (ms: string | number): string => new Date(Number(ms)).toISOString();

/** What the driver read of a JSON column, or left as text for whoever reads it. */
const fromJson = <T>(value: T | string): T => (typeof value === "string" ? JSON.parse(value) : value);

/** Every endpoint there is, the oldest first. */
export async function webhookEndpoints(): Promise<EndpointView[]> {
  await connection();
  const rows = await db().$client<EndpointRow[]>`
    select e.id, e.url, e.types, e.state, e.added_by, (extract(epoch from e.added_at) * 1000)::bigint as added_ms,
           (select coalesce(json_agg(json_build_object('made_ms', (extract(epoch from s.made_at) * 1000)::bigint,
                                                       'ends_ms', (extract(epoch from s.ends_at) * 1000)::bigint)
                                     order by s.number desc), '[]')
              from webhook_secrets s where s.endpoint_id = e.id and (s.ends_at is null or s.ends_at > now())) as secrets,
           count(d.state) filter (where d.state = 'waiting')::int as waiting,
           count(d.state) filter (where d.state = 'failed')::int as failed
      from webhook_endpoints e
      left join webhook_deliveries d on d.endpoint_id = e.id and d.state <> 'delivered'
     where e.state <> 'removed' group by e.id order by e.id`;
  return rows.map(({ added_by, added_ms, secrets, ...row }) => ({
    ...row,
    addedBy: added_by,
    addedAt: instant(added_ms),
    secrets: fromJson(secrets).map(({ made_ms, ends_ms }) => ({
      madeAt: instant(made_ms),
      endsAt: ends_ms === null ? null : instant(ends_ms),
    })),
  }));
}

export const messageStates = ["waiting", "delivered", "failed"] as const;
export type MessageState = (typeof messageStates)[number];

/** One message to one endpoint, and what came of it. */
export interface MessageView {
  lane: number;
  eventId: string;
  endpointId: string;
  /** As the receiver knows it. */
  messageId: string;
  type: string;
  /** When it happened, ISO 8601. */
  at: string;
  url: string;
  /** Whether its endpoint is still there to be sent it again. */
  canReplay: boolean;
  state: MessageState;
  /** When it is tried again, ISO 8601; null for at once, or no more. */
  nextAt: string | null;
  data: string;
  /** The latest first. */
  attempts: readonly {
    number: number;
    at: string;
    tookMs: number;
    status: number | null;
    failure: string | null;
    answer: string;
  }[];
}

interface MessageRow {
  lane: number;
  event_id: string;
  endpoint_id: string;
  type: string;
  at_ms: string;
  url: string;
  endpoint_state: "active" | "paused" | "removed";
  state: MessageState;
  next_ms: string | null;
  written: string;
  data: string;
  attempts:
    | readonly {
        number: number;
        at_ms: number;
        took_ms: number;
        status: number | null;
        failure: string | null;
        answer: string;
      }[]
    | string;
}

export const MESSAGES_PAGE_SIZE = 25;

/** The log, the latest first; `next` is the next page's `before`, null at the end. */
export async function messageLog({
  state,
  before,
}: {
  state: MessageState | null;
  before: string | null;
}): Promise<{ messages: MessageView[]; next: string | null }> {
  await connection();
  const [written = null, eventId = null, endpointId = null] = readCursor(before);
  const rows = await db().$client<MessageRow[]>`
    with page as (
      select * from webhook_deliveries d
       where (${state}::text is null or d.state = ${state})
         and (${written}::text is null or (d.written_at, d.event_id, d.endpoint_id)
              < (${written}::timestamptz, ${eventId}::uuid, ${endpointId}::uuid))
       order by d.written_at desc, d.event_id desc, d.endpoint_id desc limit ${MESSAGES_PAGE_SIZE + 1})
    select d.lane, d.event_id, d.endpoint_id, m.type, (extract(epoch from m.at) * 1000)::bigint as at_ms, e.url,
           e.state as endpoint_state, d.state, (extract(epoch from d.next_at) * 1000)::bigint as next_ms,
           to_char(d.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as written, m.data::text as data,
           (select coalesce(json_agg(json_build_object('number', a.number, 'took_ms', a.took_ms, 'status', a.status,
                                                       'at_ms', (extract(epoch from a.at) * 1000)::bigint,
                                                       'failure', a.failure, 'answer', a.answer)
                                     order by a.number desc), '[]')
              from webhook_attempts a
             where a.lane = d.lane and a.event_id = d.event_id and a.endpoint_id = d.endpoint_id) as attempts
      from page d
      join webhook_events m on m.lane = d.lane and m.id = d.event_id
      join webhook_endpoints e on e.id = d.endpoint_id
     order by d.written_at desc, d.event_id desc, d.endpoint_id desc`;
  const last = rows[MESSAGES_PAGE_SIZE - 1];
  return {
    messages: rows.slice(0, MESSAGES_PAGE_SIZE).map(toView),
    next: rows.length > MESSAGES_PAGE_SIZE && last ? `${last.written}_${last.event_id}_${last.endpoint_id}` : null,
  };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})_([0-9a-f-]{36})$/;

/** Where the page before ended; what is not ours is read as the beginning. */
const readCursor = (text: string | null): readonly string[] => CURSOR.exec(text ?? "")?.slice(1) ?? [];

function toView(row: MessageRow): MessageView {
  const { lane, event_id, endpoint_id, type, at_ms, url, endpoint_state, state, next_ms, data, attempts } = row;
  return {
    lane,
    eventId: event_id,
    endpointId: endpoint_id,
    messageId: `msg_${event_id.replaceAll("-", "")}`,
    type,
    at: instant(at_ms),
    url,
    canReplay: endpoint_state !== "removed",
    state,
    nextAt: next_ms === null ? null : instant(next_ms),
    data: JSON.stringify(JSON.parse(data), null, 2),
    attempts: fromJson(attempts).map(({ at_ms: ms, took_ms, ...attempt }) => ({
      ...attempt,
      at: instant(ms),
      tookMs: took_ms,
    })),
  };
}

import { rawOf } from "@/db/client";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/services/retried";
import type { DestinationRules } from "./destination";
import { isTaken, postMessage, type Sent } from "./post-message";
import { nextAttempt } from "./schedule";
import { signedHeaders } from "./signature";

/** Messages sent to one endpoint at once. */
const TOGETHER = 8;
/** Longer than an attempt can take: a worker that died is waited for this long. */
const CLAIM_MS = 60_000;

interface Claimed {
  lane: number;
  event_id: string;
  attempts: number;
  tries: number;
  type: string;
  at_ms: string;
  data: string;
}

/** Endpoints that have something to be sent now. */
export async function endpointsDue(ctx: Context): Promise<string[]> {
  const now = ctx.clock().toISOString();
  const rows = await ctx.db.$client<{ id: string }[]>`
    select e.id from webhook_endpoints e
     where e.state = 'active' and exists (
       select from webhook_deliveries d
        where d.endpoint_id = e.id and d.state = 'waiting' and (d.next_at is null or d.next_at <= ${now})
          and (d.claimed_until is null or d.claimed_until <= ${now}))
     order by e.id`;
  return rows.map(({ id }) => id);
}

/**
 * Sends an endpoint what is due to it, some at a time, each message at most once at any moment whoever runs this
 * beside. At least once: what was sent by a worker that died before it wrote so is sent again.
 * @returns how many attempts were made
 */
export async function deliverTo(ctx: Context, endpointId: string, rules: DestinationRules): Promise<number> {
  let attempts = 0;
  for (;;) {
    const claimed = await claim(ctx, endpointId);
    if (claimed.length === 0) return attempts;
    const endpoint = await readEndpoint(ctx, endpointId);
    await Promise.all(claimed.map((message) => attempt(ctx, endpoint, message, rules)));
    attempts += claimed.length;
  }
}

/** The oldest first; those that wait for their retry come when its time has come. */
function claim(ctx: Context, endpointId: string): Promise<Claimed[]> {
  const now = ctx.clock();
  return inTransaction(ctx, async (tx) => {
    const raw = rawOf(tx);
    return raw<Claimed[]>`
      with due as (
        select d.lane, d.event_id from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
         where d.endpoint_id = ${endpointId} and e.state = 'active' and d.state = 'waiting'
           and (d.next_at is null or d.next_at <= ${now.toISOString()})
           and (d.claimed_until is null or d.claimed_until <= ${now.toISOString()})
         order by d.next_at nulls first, d.written_at limit ${TOGETHER} for update of d skip locked)
      update webhook_deliveries d
         set attempts = d.attempts + 1, tries = d.tries + 1,
             claimed_until = ${new Date(now.getTime() + CLAIM_MS).toISOString()}
        from due join webhook_events m on m.lane = due.lane and m.id = due.event_id
       where d.lane = due.lane and d.event_id = due.event_id and d.endpoint_id = ${endpointId}
      returning d.lane, d.event_id, d.attempts, d.tries, m.type,
                (extract(epoch from m.at) * 1000)::bigint as at_ms, m.data::text as data`;
  });
}

interface Endpoint {
  id: string;
  url: string;
  /** Those that are live now, the newest first. */
  secrets: readonly string[];
}

async function readEndpoint(ctx: Context, endpointId: string): Promise<Endpoint> {
  const [row] = await ctx.db.$client<Endpoint[]>`
    select e.id, e.url,
           array(select s.secret from webhook_secrets s
                  where s.endpoint_id = e.id and (s.ends_at is null or s.ends_at > ${ctx.clock().toISOString()})
                  order by s.number desc) as secrets
      from webhook_endpoints e where e.id = ${endpointId}`;
  if (!row) throw new Error(`There is no endpoint ${endpointId}`);
  return row;
}

async function attempt(ctx: Context, endpoint: Endpoint, message: Claimed, rules: DestinationRules): Promise<void> {
  const at = ctx.clock();
  const body = bodyOf(message);
  const id = `msg_${message.event_id.replaceAll("-", "")}`;
  const began = performance.now();
  const sent = await postMessage({
    url: new URL(endpoint.url),
    headers: {
      ...signedHeaders({ id, seconds: Math.floor(at.getTime() / 1_000), body }, endpoint.secrets),
      "content-type": "application/json",
      "user-agent": "Tenspot",
    },
    body,
    rules,
  });
  await write(ctx, { endpointId: endpoint.id, message, sent, at, tookMs: Math.round(performance.now() - began) });
}

/** The same bytes in every attempt: what was written when it happened does not change. */
function bodyOf({ type, at_ms, data }: Claimed): string {
  return JSON.stringify({ type, timestamp: new Date(Number(at_ms)).toISOString(), data: JSON.parse(data) });
}

interface Outcome {
  endpointId: string;
  message: Claimed;
  sent: Sent;
  at: Date;
  tookMs: number;
}

/** An attempt that outlived its claim leaves its line, and what to do next to the one that took over. */
async function write(ctx: Context, { endpointId, message, sent, at, tookMs }: Outcome): Promise<void> {
  const { lane, event_id, attempts, tries } = message;
  const taken = isTaken(sent);
  const next = taken ? null : nextAttempt(tries, at);
  const state = taken ? "delivered" : next ? "waiting" : "failed";
  const { status, answer, failure } = { status: null, answer: "", failure: null, ...sent };
  await inTransaction(ctx, async (tx) => {
    const raw = rawOf(tx);
    await raw`
      insert into webhook_attempts (lane, event_id, endpoint_id, number, at, took_ms, status, failure, answer)
      values (${lane}, ${event_id}, ${endpointId}, ${attempts}, ${at.toISOString()}, ${tookMs}, ${status}, ${failure},
              ${answer})`;
    await raw`
      update webhook_deliveries
         set state = ${state}, next_at = ${next?.toISOString() ?? null}, claimed_until = null
       where lane = ${lane} and event_id = ${event_id} and endpoint_id = ${endpointId} and attempts = ${attempts}`;
  });
}

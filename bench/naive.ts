import { readFile } from "node:fs/promises";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { sources } from "@/demo/folders";
import { isVoid } from "@/lib/services/usage/event";
import { readEvent } from "@/lib/services/usage/read-event";
import { byCallers, type Tally, type Way } from "./way";
import type { SentEvent, Workload } from "./workload";

const CONNECTIONS = 8;

const statement = `select ingest_one($1::smallint, $2::text, $3::text, $4::bigint, $5::text, $6::bigint, $7::text,
  $8::text, $9::bigint, $10::bigint, $11::bigint, $12::text, $13::text) as outcome`;

export interface Naive extends Way {
  /** Everything posted so far, in an order in which each account saw its events. */
  posted: readonly SentEvent[];
  end: () => Promise<void>;
}

/** One prepared call of one database function, one transaction, for each event. */
export async function naive(url: string, workload: Workload, tally: Tally): Promise<Naive> {
  const connections = Array.from({ length: CONNECTIONS }, () => postgres(url, { max: 1, onnotice: () => {} }));
  const [first] = connections;
  await first?.unsafe(await readFile(path.join(sources, "bench/naive.sql"), "utf8"));
  const posted: SentEvent[] = [];
  return {
    label: `one call and transaction per event, ${CONNECTIONS} connections`,
    firstRate: 800,
    posted,
    prepare: async (count) => {
      const events = workload.take(count);
      posted.push(...events);
      const inTurn = oneAtATime();
      const send = (event: SentEvent, caller: number) =>
        inTurn(event.subject, async () => {
          const sql = connections[caller];
          if (sql) tally.count(await ingestOne(sql, event));
        });
      return { events: count, run: () => byCallers(CONNECTIONS, events, send) };
    },
    end: async () => {
      await Promise.all(connections.map((sql) => sql.end()));
    },
  };
}

async function ingestOne(sql: Sql, event: SentEvent): Promise<string> {
  const read = readEvent(event);
  if ("reason" in read) return read.reason;
  if (isVoid(read)) throw new Error("The workload holds no voids");
  const { key, subject, endedAtMs, sku, service, durationMs, quantityMilli, amount, resource, template } = read;
  const [row] = await sql.unsafe<{ outcome: string }[]>(
    statement,
    [
      key.lane,
      key.source,
      key.id,
      String(key.digest),
      subject,
      endedAtMs,
      sku,
      service,
      String(durationMs),
      String(quantityMilli),
      amount === null ? null : String(amount),
      resource,
      template,
    ],
    { prepare: true },
  );
  return row?.outcome ?? "nothing";
}

/**
 * Lets what concerns one account happen in order, as its row lock would by chance: so that both ways see the same
 * order and must come to the same numbers. Who waits holds a connection, as with the lock.
 */
function oneAtATime(): (name: string, action: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (name, action) => {
    const done = (last.get(name) ?? Promise.resolve()).then(action);
    last.set(name, done);
    return done;
  };
}

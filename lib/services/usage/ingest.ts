import { type Db, rawOf } from "@/db/client";
import { notifyChanged } from "@/lib/live/notify";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import type { Context } from "@/lib/services/context";
import { retried } from "@/lib/services/retried";
import { applyQuarantined } from "./apply-quarantined";
import type { AnyEvent, Outcome, Rejection } from "./event";
import { GroupQueue } from "./group-queue";
import { type BatchItem, postBatch } from "./post-batch";
import { quarantineEvents, type UnknownSubject } from "./quarantine";
import { readEvent } from "./read-event";

/** What became of each event of a request, in order. */
export interface Ingested {
  outcomes: { id: string | null; outcome: Outcome }[];
}

const queues = new WeakMap<Db, GroupQueue>();

function queueOf(ctx: Context): GroupQueue {
  const known = queues.get(ctx.db);
  if (known) return known;
  const queue = new GroupQueue(ctx);
  queues.set(ctx.db, queue);
  return queue;
}

type Read = { event: AnyEvent } | { rejection: Rejection };

const readAll = (sent: readonly unknown[]): Read[] =>
  sent.map((each) => {
    const event = readEvent(each);
    return "reason" in event ? { rejection: event } : { event };
  });

const idOf = (sent: unknown): string | null =>
  typeof sent === "object" && sent !== null && "id" in sent && typeof sent.id === "string"
    ? sent.id.slice(0, 256)
    : null;

/**
 * Takes the events of one request. Each account's part is posted whole, by the queue of its lane group, together
 * with whatever other requests wait there; answered when all parts have committed. Safe to retry: events are keyed.
 */
export async function ingest(ctx: Context, sent: readonly unknown[]): Promise<Ingested> {
  const read = readAll(sent);
  const accounts = await resolveNames(
    ctx.db,
    read.flatMap((each) => ("event" in each ? each.event.subject : [])),
  );
  const known: { index: number; item: BatchItem }[] = [];
  const unknown: { index: number; item: UnknownSubject }[] = [];
  const outcomes = new Array<Outcome | undefined>(sent.length);
  read.forEach((each, index) => {
    if ("rejection" in each) {
      outcomes[index] = { kind: "rejected", ...each.rejection };
      return;
    }
    const account = accounts.get(each.event.subject);
    if (account) known.push({ index, item: { event: each.event, account } });
    else unknown.push({ index, item: each });
  });
  await Promise.all([
    queueOf(ctx)
      .post(known.map(({ item }) => item))
      .then((done) =>
        place(
          outcomes,
          known.map(({ index }) => index),
          done,
        ),
      ),
    hold(
      ctx,
      unknown.map(({ item }) => item),
    ).then((done) =>
      place(
        outcomes,
        unknown.map(({ index }) => index),
        done,
      ),
    ),
  ]);
  return answer(sent, outcomes);
}

/** Puts the outcomes of some events where those events stood in the request. */
function place(outcomes: (Outcome | undefined)[], indexes: readonly number[], some: readonly Outcome[]): void {
  indexes.forEach((index, position) => {
    outcomes[index] = some[position];
  });
}

/** One bad event refuses them all: nothing is posted. */
class RefusedWhole extends Error {
  constructor(readonly outcomes: readonly (Outcome | undefined)[]) {
    super("A bad event refuses the whole request");
  }
}

/** The whole request in one transaction; one bad event refuses all, and then nothing has changed. */
export async function ingestAtomically(ctx: Context, sent: readonly unknown[]): Promise<Ingested> {
  const read = readAll(sent);
  const outcomes = new Array<Outcome | undefined>(sent.length);
  read.forEach((each, index) => {
    if ("rejection" in each) outcomes[index] = { kind: "rejected", ...each.rejection };
  });
  if (outcomes.some((outcome) => outcome?.kind === "rejected")) return answer(sent, outcomes);
  const events = read.flatMap((each) => ("event" in each ? each : []));
  try {
    const accounts = await retried(() =>
      ctx.db.transaction(async (tx) => {
        const raw = rawOf(tx);
        const found = await resolveNames(
          ctx.db,
          events.map(({ event }) => event.subject),
          raw,
        );
        const known: number[] = [];
        const items: BatchItem[] = [];
        const unknown: number[] = [];
        events.forEach(({ event }, index) => {
          const account = found.get(event.subject);
          if (account) {
            known.push(index);
            items.push({ event, account });
          } else unknown.push(index);
        });
        const at = ctx.clock();
        const posted = items.length > 0 ? await postBatch(raw, items, { db: ctx.db, at }) : [];
        place(outcomes, known, posted);
        const held = await quarantineEvents(
          raw,
          unknown.flatMap((index) => events[index] ?? []),
          at,
        );
        place(outcomes, unknown, held);
        if (outcomes.some((outcome) => outcome?.kind === "rejected")) throw new RefusedWhole(outcomes);
        return found;
      }),
    );
    notifyChanged(
      ctx.db,
      [...accounts.values()].map(({ id }) => id),
    );
    await applyAppeared(
      ctx,
      events.flatMap(({ event }) => (accounts.has(event.subject) ? [] : event.subject)),
    );
  } catch (error) {
    if (!(error instanceof RefusedWhole)) throw error;
  }
  return answer(sent, outcomes);
}

async function hold(ctx: Context, items: readonly UnknownSubject[]): Promise<Outcome[]> {
  if (items.length === 0) return [];
  const outcomes = await retried(() => ctx.db.transaction((tx) => quarantineEvents(rawOf(tx), items, ctx.clock())));
  await applyAppeared(
    ctx,
    items.map(({ event }) => event.subject),
  );
  return outcomes;
}

/** An account made meanwhile looked before its events were there: whoever comes second applies them. */
const applyAppeared = (ctx: Context, subjects: readonly string[]) => applyQuarantined(ctx, [...new Set(subjects)]);

function answer(sent: readonly unknown[], outcomes: readonly (Outcome | undefined)[]): Ingested {
  return {
    outcomes: sent.map((each, index) => ({ id: idOf(each), outcome: outcomes[index] ?? { kind: "duplicate" } })),
  };
}

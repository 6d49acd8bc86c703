import postgres from "postgres";
import { connect } from "@/db/client";
import { createDatabase } from "@/db/testing/database";
import { endWithNotices } from "@/lib/live/notify";
import { openAccount } from "@/lib/services/accounts/open-account";
import type { Context } from "@/lib/services/context";
import type { Result } from "@/lib/services/result";
import { addEndpoint } from "@/lib/services/webhooks/add-endpoint";
import { deliverTo, endpointsDue } from "@/lib/services/webhooks/deliver";
import type { DestinationRules } from "@/lib/services/webhooks/destination";
import { openReceiver } from "./receiver";

export const act = { actor: "olga@example.com", reason: "for the test" };
const onThisMachine: DestinationRules = { allowLoopback: true };

/** Everything between what happens and an endpoint: a database, the web process, the worker, a clock, a receiver. */
export async function openPostRoom() {
  const [database, receiver] = await Promise.all([createDatabase(), openReceiver()]);
  const time = { now: new Date("2026-11-21T12:00:00.000Z") };
  const clock = () => new Date(time.now);
  const web: Context = { db: connect({ url: database.url("web"), connectionsMax: 4 }), clock };
  const worker: Context = { db: connect({ url: database.url("worker"), connectionsMax: 8 }), clock };
  const owner = postgres(database.url("owner"), { max: 1, onnotice: () => {} });
  let accounts = 0;
  return {
    web,
    worker,
    owner,
    receiver,
    url: database.url,
    later: (ms: number) => {
      time.now = new Date(time.now.getTime() + ms);
    },
    add: async (url = receiver.url, types: readonly string[] = ["account.created"]) => {
      const { endpoint, secret } = await settled(addEndpoint(web, { url, types, ...act }, onThisMachine));
      return { id: endpoint.id, secret };
    },
    /** Something happens: an account is made. */
    happen: async () => {
      accounts += 1;
      return settled(openAccount(web, { externalId: `account-${accounts}` }));
    },
    /** Sends all that is due. @returns how many attempts were made */
    deliver: async (rules: DestinationRules = onThisMachine) => {
      const attempts = await Promise.all(
        (await endpointsDue(worker)).map((endpointId) => deliverTo(worker, endpointId, rules)),
      );
      return attempts.reduce((sum, each) => sum + each, 0);
    },
    /** The deliveries to an endpoint, oldest first. */
    deliveries: (endpointId: string) => owner<DeliveryRow[]>`
      select lane, event_id, state, attempts, (extract(epoch from next_at) * 1000)::bigint as next_ms
        from webhook_deliveries where endpoint_id = ${endpointId} order by written_at, event_id`,
    attempts: (endpointId: string) => owner<
      { number: number; status: number | null; failure: string | null; answer: string }[]
    >`
      select number, status, failure, answer from webhook_attempts
       where endpoint_id = ${endpointId} order by event_id, number`,
    close: async () => {
      await Promise.all([endWithNotices(web.db), endWithNotices(worker.db), owner.end(), receiver.close()]);
      await database.close();
    },
  };
}

export type PostRoom = Awaited<ReturnType<typeof openPostRoom>>;

interface DeliveryRow {
  lane: number;
  event_id: string;
  state: "waiting" | "delivered" | "failed";
  attempts: number;
  next_ms: string | null;
}

export async function settled<T>(result: Promise<Result<T>>): Promise<T> {
  const outcome = await result;
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.value;
}

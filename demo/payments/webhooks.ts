import { createHmac } from "node:crypto";
import { eventObject } from "./objects";
import type { Store, StoredEvent } from "./store";

export interface WebhookTarget {
  url: string;
  /** One signature for each, as while a secret is rotated. */
  secrets: readonly string[];
  /** Waits between attempts; the last one repeats. */
  retryDelaysMs?: readonly number[];
}

/** How the next deliveries go: everything again and doubled, everything again newest first, or kept back for now. */
export const modes = ["now", "twice", "reverse", "late"] as const;
export type Mode = (typeof modes)[number];

export interface DeliveryReport {
  id: string;
  type: string;
  /** The webhook's answer; 0 when there was none. */
  status: number;
}

export interface Webhooks {
  /** Delivers in the background, again and again until it is taken. */
  send(event: StoredEvent): void;
  /**
   * `late` keeps new events back. The others end that and deliver, one after the other: `now` what nobody took yet,
   * `twice` and `reverse` every event, taken or not, of one session if it is named.
   */
  deliver(mode: Mode, sessionId?: string): Promise<DeliveryReport[]>;
  /** Settles when no delivery is under way; those that wait for another attempt are not awaited. */
  idle(): Promise<void>;
  close(): void;
}

const RETRY_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
const ANSWER_MS_MAX = 15_000;

/** The `Stripe-Signature` header of `body`. */
export function signatureOf(body: string, secrets: readonly string[], seconds: number): string {
  const proofs = secrets.map((secret) => createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex"));
  return [`t=${seconds}`, ...proofs.map((proof) => `v1=${proof}`)].join(",");
}

export function createWebhooks(store: Store, target: WebhookTarget, clock: () => Date): Webhooks {
  const delays = target.retryDelaysMs ?? RETRY_DELAYS_MS;
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<unknown>>();
  let held = false;
  /** An outage is told once, not for every event and attempt. */
  let failing = false;
  let closed = false;

  async function post(event: StoredEvent): Promise<DeliveryReport> {
    const body = JSON.stringify(eventObject(event), null, 2);
    const signature = signatureOf(body, target.secrets, Math.floor(clock().getTime() / 1_000));
    const status = await fetch(target.url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json; charset=utf-8", "stripe-signature": signature },
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status >= 200 && status < 300 && !event.delivered) {
      event.delivered = true;
      failing = false;
      store.save();
    }
    return { id: event.id, type: event.type, status };
  }

  async function persist(event: StoredEvent, attempt: number): Promise<void> {
    const { status } = await post(event);
    if (event.delivered || closed) return;
    if (!failing) console.error(`payments: ${event.type} was not taken (${status || "no answer"}); trying again`);
    failing = true;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        if (!event.delivered && !held) void track(persist(event, attempt + 1));
      },
      delays[Math.min(attempt, delays.length - 1)],
    );
    timers.add(timer);
  }

  function track<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work
      .catch(() => undefined)
      .then(() => {
        underWay.delete(settled);
      });
    underWay.add(settled);
    return work;
  }

  async function deliverAll(events: readonly StoredEvent[]): Promise<DeliveryReport[]> {
    const reports: DeliveryReport[] = [];
    for (const event of events) reports.push(await post(event));
    return reports;
  }

  return {
    send(event) {
      if (!held && !closed) void track(persist(event, 0));
    },
    async deliver(mode, sessionId) {
      held = mode === "late";
      if (held) return [];
      const events = store.state.events.filter((event) => sessionId === undefined || event.sessionId === sessionId);
      if (mode === "twice") return track(deliverAll(events.flatMap((event) => [event, event])));
      if (mode === "reverse") return track(deliverAll(events.toReversed()));
      return track(deliverAll(events.filter((event) => !event.delivered)));
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

import { atMostEvery } from "./at-most-every";
import type { LiveListener } from "./listener";

/** Proxies close connections that are silent for long, and a screen that hears nothing takes the line for dead. */
export const HEARTBEAT_MS = 15_000;

/** A stream ends after so long, and its screen comes back at once: none outlives what it began with by more. */
export const STREAM_MS_MAX = 10 * 60_000;

/** Usage comes many times a second; a screen need not hear of each. */
const CHANGED_EVERY_MS = 500;

/** What a screen has not read yet, at most: one that is slower is let go, and comes back with the last it heard. */
const UNREAD_MAX = 64;

/** How long a browser waits before it reconnects. */
const RETRY_MS = 2_000;

export interface LiveEvents {
  accountId: string;
  /** Until when the screen knew everything, milliseconds since 1970; null where it does not say. */
  since: number | null;
  signal: AbortSignal;
  /** Whether whoever listens is still signed in. */
  stands: () => Promise<boolean>;
}

/**
 * Server-sent events that say "something changed" for one account, and never what: `changed` at once when something
 * did, or may have, since `since`, then as it happens; `alive` in between, for as long as the session stands. The id of
 * each is the server's clock, so a screen that comes back with the last one it heard is told what it missed.
 */
export function liveEvents(
  listener: Pick<LiveListener, "watch">,
  { accountId, since, signal, stands }: LiveEvents,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let release = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const send = (event: "changed" | "alive") => {
        if ((controller.desiredSize ?? 0) <= -UNREAD_MAX) end();
        else write(`id: ${Date.now()}\nevent: ${event}\ndata: ${event}\n\n`);
      };
      write(`retry: ${RETRY_MS}\n\n`);
      let ended = false;
      const end = () => {
        if (ended) return;
        release();
        controller.close();
      };
      const changed = atMostEvery(CHANGED_EVERY_MS, () => send("changed"));
      const unwatch = listener.watch({ accountId, since: since ?? 0, tell: changed });
      // After the look back: who hears it has heard of everything before.
      send("alive");
      const beat = async () => {
        // A database that does not answer ends nobody's session.
        const goesOn = await stands().catch(() => true);
        if (!goesOn) end();
        else if (!ended) send("alive");
      };
      const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS);
      const last = setTimeout(end, STREAM_MS_MAX);
      release = () => {
        ended = true;
        clearInterval(heartbeat);
        clearTimeout(last);
        changed.cancel();
        unwatch();
        openStreams.delete(end);
        signal.removeEventListener("abort", end);
      };
      openStreams.add(end);
      if (signal.aborted) end();
      else signal.addEventListener("abort", end);
    },
    cancel: () => release(),
  });
}

/** How to end each stream of this process. */
const openStreams = new Set<() => void>();

/** A server that is told to stop waits for every answer to end, and these would not by themselves. */
function endAll(): void {
  for (const end of openStreams) end();
}

/** Call once a process: streams end when it is told to stop, and their screens go on with the next one. */
export function endStreamsWithProcess(): void {
  process.once("SIGTERM", endAll);
  process.once("SIGINT", endAll);
}

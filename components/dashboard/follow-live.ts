/** A stream that said nothing for so long (the server speaks every 15 s) is taken for dead. */
const SILENCE_MS_MAX = 40_000;
const CHECK_EVERY_MS = 5_000;
/** Browsers reconnect by themselves; only after so long it is tried, and said, here. */
const PATIENCE_MS = 10_000;
/** How often a screen looks by itself while it has no stream. */
const LOOK_EVERY_MS = 30_000;

/**
 * The last id heard, kept from screen to screen: each is read when it is opened, so nothing before it is news. Ids are
 * the server's clock, and so is the time at which it made the first screen.
 */
let heardId = "";
const lastKnown = () => heardId || (document.documentElement.dataset.renderedAt ?? "");

/** Whether changes are heard as they happen, and if not, whether they ever will be. */
export type Hearing = "heard" | "interrupted" | "signed out";

export interface Follower {
  /** Something changed, or may have: read the screen's numbers again. */
  look: () => void;
  say: (hearing: Hearing) => void;
}

/**
 * Follows the account's changes for as long as the page is seen, and catches up when it is seen again: the server
 * remembers what happened since the last id heard. A hidden page holds no connection, of which a browser has few. Where
 * nobody is signed in any more it says so and asks no further, until the page is seen again.
 * @returns how to stop.
 */
export function followLive({ look, say }: Follower): () => void {
  let source: EventSource | null = null;
  let heardAt = 0;
  /** When the stream was last known to be fine, or begun anew. */
  let fineAt = 0;
  let lookedAt = performance.now();
  let isSignedOut = false;
  let hasMissed = false;

  // Looking while nobody answers would replace the page by the browser's own error.
  const lookOnline = () => {
    hasMissed = !navigator.onLine;
    if (!hasMissed) look();
  };
  const hear = (event: MessageEvent) => {
    heardId = event.lastEventId;
    heardAt = performance.now();
    lookedAt = heardAt;
    say("heard");
  };
  const connect = () => {
    source?.close();
    isSignedOut = false;
    fineAt = performance.now();
    source = new EventSource(`/live?since=${lastKnown()}`);
    // Closed for good is what was refused, not cut; why, a stream does not tell.
    source.addEventListener("error", () => void (source?.readyState === EventSource.CLOSED && askWhy()));
    source.addEventListener("alive", hear);
    source.addEventListener("changed", (event) => {
      hear(event);
      lookOnline();
    });
  };
  const hears = () => source?.readyState === EventSource.OPEN && performance.now() - heardAt < SILENCE_MS_MAX;

  const askWhy = async () => {
    const answer = await fetch("/notifications/unread", { cache: "no-store" }).catch(() => Response.error());
    if (answer.status !== 401) return;
    isSignedOut = true;
    say("signed out");
  };
  const check = async () => {
    if (document.hidden || isSignedOut) return;
    const now = performance.now();
    if (hears()) fineAt = now;
    if (now - fineAt < PATIENCE_MS) return;
    say("interrupted");
    connect();
    if (now - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = now;
    const answer = await fetch("/api/health", { cache: "no-store" }).catch(() => Response.error());
    if (answer.ok) look();
  };
  const turn = () => {
    if (!document.hidden) return connect();
    source?.close();
    source = null;
  };
  const returnOnline = () => {
    connect();
    if (hasMissed) lookOnline();
  };
  const restore = (event: PageTransitionEvent) => {
    if (event.persisted) connect();
  };

  const timer = setInterval(() => void check(), CHECK_EVERY_MS);
  document.addEventListener("visibilitychange", turn);
  window.addEventListener("online", returnOnline);
  window.addEventListener("pageshow", restore);
  // What the router kept of a page gone back to is as old as the visit to it.
  window.addEventListener("popstate", look);
  turn();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", turn);
    window.removeEventListener("online", returnOnline);
    window.removeEventListener("pageshow", restore);
    window.removeEventListener("popstate", look);
    source?.close();
  };
}

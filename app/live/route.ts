import type { NextRequest } from "next/server";
import { liveEvents } from "@/lib/live/event-stream";
import { liveListener } from "@/lib/live/listener";
import { currentAccount } from "@/lib/session/current-account";
import { sessionWatch } from "@/lib/session/session-watch";

/** More screens than one person has open; each costs a connection. */
const STREAMS_MAX = 20;

/** Tells the screens of whoever is signed in that something of theirs changed. Resumes at the last id heard. */
export async function GET(request: NextRequest): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to follow your account.\n", { status: 401 });
  const listener = liveListener();
  if (listener.watchersOf(account.id) >= STREAMS_MAX) {
    return new Response("Too many screens follow this account: close some.\n", {
      status: 429,
      headers: { "Retry-After": "60" },
    });
  }
  const heard = request.headers.get("last-event-id") ?? request.nextUrl.searchParams.get("since");
  const events = liveEvents(listener, {
    accountId: account.id,
    since: readClock(heard),
    signal: request.signal,
    stands: await sessionWatch(),
  });
  return new Response(events, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      // Compressing or gathering what is sent would hold it back.
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

/** Milliseconds as our ids are; anything else is not read. */
const readClock = (text: string | null): number | null => (text && /^[0-9]{1,15}$/.test(text) ? Number(text) : null);

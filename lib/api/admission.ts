import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { problem } from "./problem";

/** Of one request's body. */
export const BODY_BYTES_MAX = 5_000_000;

/** What one process takes on at a time. */
export interface AdmissionLimits {
  /** Requests that are not answered yet. */
  requestsMax: number;
  /** Bytes of their bodies, once their key is known to be good. One request alone is taken whatever its size. */
  bytesMax: number;
  /** How long a request is kept waiting before it is told to come again. */
  patienceMs: number;
}

/** Some 80,000 events: seconds of work, and a few hundred megabytes at most while they are read. */
export const defaultAdmission: AdmissionLimits = {
  requestsMax: 4_000,
  bytesMax: 24 * 1_024 * 1_024,
  patienceMs: 60_000,
};

/** A request's place among those that are being worked on. */
interface Place {
  /** Takes room for its body, before it is read. False where there is none. */
  hold(bytes: number): boolean;
  leave(): void;
}

declare module "hono" {
  interface ContextVariableMap {
    place: Place;
  }
}

/**
 * Keeps what waits inside one process bounded: who asks beyond that is told so at once, before the body is read, and
 * memory does not grow with what is offered.
 */
export class Admission {
  #requests = 0;
  #bytes = 0;

  constructor(readonly limits: AdmissionLimits) {}

  enter(): Place | null {
    if (this.#requests >= this.limits.requestsMax) return null;
    this.#requests += 1;
    let held = 0;
    return {
      hold: (bytes) => {
        if (this.#bytes > 0 && this.#bytes + bytes > this.limits.bytesMax) return false;
        this.#bytes += bytes;
        held += bytes;
        return true;
      },
      leave: () => {
        this.#requests -= 1;
        this.#bytes -= held;
      },
    };
  }
}

/** Gives each request a place, or says 429. What takes too long is answered 503 and keeps its place until it has ended. */
export function admitted(admission: Admission): MiddlewareHandler {
  return async (c, next) => {
    const place = admission.enter();
    if (!place) return crowded(c);
    c.set("place", place);
    const work = next().finally(() => place.leave());
    return answeredInTime(c, work, admission.limits.patienceMs);
  };
}

async function answeredInTime(c: HonoContext, work: Promise<void>, patienceMs: number): Promise<Response | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), patienceMs);
  });
  const ended = await Promise.race([work, late]);
  clearTimeout(timer);
  return ended === "late" ? busy(c, "It took too long and may or may not be done; send the same again") : undefined;
}

/** Takes room for the body of a request whose key is good. @returns the 429 to answer where there is none, or null. */
export function roomForBody(c: HonoContext): Response | null {
  const declared = c.req.header("Content-Length");
  const isChunked = declared === undefined && c.req.header("Transfer-Encoding") !== undefined;
  const bytes = isChunked ? BODY_BYTES_MAX : Number(declared ?? 0);
  return bytes === 0 || c.get("place").hold(bytes) ? null : crowded(c);
}

function crowded(c: HonoContext): Response {
  c.header("Retry-After", "1");
  return problem(c, 429, "More is asked at once than can be done. Nothing was done; send the same again in 1 s");
}

/** The database cannot do it now. */
export function busy(c: HonoContext, detail: string): Response {
  c.header("Retry-After", "1");
  return problem(c, 503, detail);
}

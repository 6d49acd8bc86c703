import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { type Destination, type DestinationRules, findDestination } from "./destination";

/** From resolving the name to the end of the answer. */
export const ANSWER_WITHIN_MS = 10_000;
/** Of an answer no more than this is read, in bytes. */
export const ANSWER_MAX = 2_048;

/** What came of sending one message once. */
export type Sent = { status: number; answer: string } | { failure: string };

export interface Outgoing {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
  rules: DestinationRules;
  /** 10 seconds when absent. */
  withinMs?: number;
}

/** Whether the endpoint has taken the message. A redirect has not: it is not followed. */
export const isTaken = (sent: Sent): boolean => "status" in sent && sent.status >= 200 && sent.status < 300;

/**
 * Posts a message to the address its host was checked to have, within the time there is. Never throws: what went
 * wrong is the answer.
 */
export async function postMessage(outgoing: Outgoing): Promise<Sent> {
  const signal = AbortSignal.timeout(outgoing.withinMs ?? ANSWER_WITHIN_MS);
  try {
    const found = await orAborted(findDestination(outgoing.url, outgoing.rules), signal);
    if (!found.ok) return { failure: found.problem.detail };
    return await exchange(outgoing, found.value, signal);
  } catch (error) {
    return { failure: signal.aborted ? "It did not answer in time." : wordsOf(error) };
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

function exchange({ url, headers, body }: Outgoing, { address, family }: Destination, signal: AbortSignal) {
  const checked: LookupFunction = (_host, options, answer) => {
    if (options.all) answer(null, [{ address, family }]);
    else answer(null, address, family);
  };
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise<Sent>((resolve, reject) => {
    const sending = request(url, {
      method: "POST",
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      // A connection kept from before would be one to an address that was checked then.
      agent: false,
      lookup: checked,
      signal,
    });
    sending.on("error", reject);
    sending.on("response", (response) => {
      // From here on there is an answer, however its end comes.
      sending.off("error", reject).on("error", () => {});
      void beginningOf(response).then((answer) => {
        resolve({ status: response.statusCode ?? 0, answer });
        sending.destroy();
      });
    });
    sending.end(body);
  });
}

/** The beginning of an answer, as far as it came: the status was the answer, the rest is for the log. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= ANSWER_MAX) break;
    }
  } catch {
    // It broke off.
  }
  const text = Buffer.concat(chunks).subarray(0, ANSWER_MAX).toString("utf8");
  return text.replace(/[^\P{Cc}\n]/gu, "");
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "It refused the connection.",
  ECONNRESET: "It broke the connection off.",
  EHOSTUNREACH: "It cannot be reached.",
  ENETUNREACH: "It cannot be reached.",
  ETIMEDOUT: "It did not answer in time.",
};

/** The texts of certificates and protocols are those of Node, and safe to show. */
function wordsOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? `The connection failed: ${code || "unknown"}.`;
}

import { Agent, request } from "node:http";
import { z } from "zod";
import { byCallers, type Tally } from "./way";

const Answer = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  quarantined: z.literal(0),
  rejected: z.array(z.unknown()).length(0),
});

export interface Target {
  /** Of the server, without a path. */
  url: string;
  /** Of the machine API, with the scope `ingest`. */
  key: string;
  contentType: string;
}

/**
 * Posts each body to the machine API over so many connections, opened for this and kept alive meanwhile.
 * @returns how long each request took, milliseconds. @throws Error when any is not answered 200, or not all taken.
 */
export async function sendAll(
  target: Target,
  bodies: readonly Buffer[],
  { connections, tally }: { connections: number; tally: Tally },
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    return await byCallers(connections, bodies, async (body) => {
      count(await postEvents(agent, target, body), tally);
    });
  } finally {
    agent.destroy();
  }
}

/** Counts what was taken. @throws Error when the answer is not 200, or not all was taken. */
export function count({ status, text }: Answered, tally: Tally): void {
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
  const { accepted, duplicates } = Answer.parse(JSON.parse(text));
  tally.accepted += accepted;
  tally.duplicates += duplicates;
}

export interface Answered {
  status: number;
  /** Seconds after which the same may be sent again; null where it does not say. */
  retryAfter: number | null;
  text: string;
}

/** Posts one body to the machine API. */
export function postEvents(agent: Agent, { url, key, contentType }: Target, body: Buffer): Promise<Answered> {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": contentType, "Content-Length": body.length };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/v1/events`, { method: "POST", agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
      });
      answer.once("error", reject);
      answer.once("end", () => {
        const told = answer.headers["retry-after"];
        resolve({ status: answer.statusCode ?? 0, retryAfter: told === undefined ? null : Number(told), text });
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

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
  { url, key, contentType }: Target,
  bodies: readonly Buffer[],
  { connections, tally }: { connections: number; tally: Tally },
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": contentType };
  try {
    return await byCallers(connections, bodies, async (body) => {
      const { accepted, duplicates } = Answer.parse(JSON.parse(await post(agent, { url, headers, body })));
      tally.accepted += accepted;
      tally.duplicates += duplicates;
    });
  } finally {
    agent.destroy();
  }
}

function post(
  agent: Agent,
  { url, headers, body }: { url: string; headers: Record<string, string>; body: Buffer },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", agent, headers: { ...headers, "Content-Length": body.length } };
    const sent = request(`${url}/api/v1/events`, options, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
      });
      answer.once("error", reject);
      answer.once("end", () => {
        if (answer.statusCode === 200) resolve(text);
        else reject(new Error(`Answered ${answer.statusCode}: ${text}`));
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

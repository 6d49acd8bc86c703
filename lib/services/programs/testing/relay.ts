import { createServer } from "node:http";
import { type DrandRound, quicknet } from "@/lib/programs/quicknet";

/** What a relay does with a question: answers so, or hangs. */
export type Behaviour = "hangs" | "stops half way" | ((round: number) => { status?: number; body: string });

export interface Relay {
  url: string;
  /** How often it was asked. */
  asked: () => number;
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

const PATH = new RegExp(`^/${quicknet.chainHash}/public/([0-9]+)$`);

/** A relay of drand on this machine, honest or not. */
export async function openRelay(first: Behaviour): Promise<Relay> {
  let behaviour = first;
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (behaviour === "hangs") return;
    if (behaviour === "stops half way") {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write('{"round":');
      return;
    }
    const round = PATH.exec(request.url ?? "")?.[1];
    const { status = 200, body } = round ? behaviour(Number(round)) : { status: 404, body: "no such address" };
    response.writeHead(status, { "Content-Type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The relay has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked: () => asked,
    behave: (next) => {
      behaviour = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Gives what is known, and 404 for rounds that are not. */
export const honest =
  (rounds: readonly DrandRound[]): Behaviour =>
  (asked) => {
    const known = rounds.find(({ round }) => round === asked);
    return known ? { body: JSON.stringify(known) } : { status: 404, body: "not yet" };
  };

export const late: Behaviour = () => ({ status: 404, body: "not yet" });

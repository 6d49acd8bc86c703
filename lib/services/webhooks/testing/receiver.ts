import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What an endpoint was sent, as it came. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  path: string;
}

type Answer = (response: ServerResponse, received: Received) => void;

export const answering =
  (status: number, text = ""): Answer =>
  (response) => {
    response.statusCode = status;
    response.end(text);
  };

/** An endpoint on this machine that keeps what it is sent and answers as it is told to. */
export async function openReceiver() {
  const received: Received[] = [];
  const behaviour: { answer: Answer } = { answer: answering(200) };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString("utf8"), path: request.url ?? "" };
      received.push(one);
      behaviour.answer(response, one);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    behaviour,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof openReceiver>>;

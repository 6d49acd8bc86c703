import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort, stateOfPort } from "./ports";

async function listening<T>(host: string, work: (port: number) => Promise<T>): Promise<T> {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ port, host }, resolve));
  try {
    return await work(port);
  } finally {
    server.close();
  }
}

test.each(["127.0.0.1", "0.0.0.0"])("a port somebody listens on at %s is taken", async (host) => {
  expect(await listening(host, stateOfPort)).toBe("taken");
});

test("a port nobody listens on is free, also right after somebody did", async () => {
  const port = await listening("127.0.0.1", async (taken) => taken);
  expect(await stateOfPort(port)).toBe("free");
});

test("a preferred port is given when it is free, another when it is taken", async () => {
  const port = await freePort();
  expect(await freePort([undefined, port])).toBe(port);
  expect(await listening("127.0.0.1", async (taken) => (await freePort([taken])) === taken)).toBe(false);
});

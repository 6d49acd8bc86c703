import { createServer } from "node:net";

/**
 * A port nobody listens on at 127.0.0.1: the first free one of `preferred`, otherwise any.
 * @throws Error when this machine gives none.
 */
export async function freePort(preferred: readonly (number | undefined)[] = []): Promise<number> {
  for (const port of [...preferred, 0]) {
    if (port === undefined) continue;
    const outcome = await tryListen(port, "127.0.0.1");
    if (outcome.port !== undefined) return outcome.port;
  }
  throw new Error("This machine gives out no free port on 127.0.0.1.");
}

/**
 * Whether a server for http://localhost:PORT can be started: nobody listens there under any of the
 * addresses a browser may try, nor on all of them.
 */
export async function stateOfPort(port: number): Promise<"free" | "taken" | "forbidden"> {
  for (const host of ["127.0.0.1", "::1", "0.0.0.0", "::"]) {
    const { code } = await tryListen(port, host);
    if (code === "EADDRINUSE") return "taken";
    if (code === "EACCES") return "forbidden";
  }
  return "free";
}

function tryListen(port: number, host: string): Promise<{ port?: number; code?: string | undefined }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve({ code: error.code }));
    server.listen({ port, host, exclusive: true, ipv6Only: host === "::" }, () => {
      const address = server.address();
      server.close(() => resolve({ port: typeof address === "object" && address ? address.port : port }));
    });
  });
}

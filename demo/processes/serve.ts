import { serve } from "@hono/node-server";
import type { Hono } from "hono";

/** Serves on 127.0.0.1, calls `listening` when it does, and ends on SIGTERM. */
export function serveOnLoopback(app: Hono, port: number, listening: () => void = tellParent): void {
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, listening);
  process.once("SIGTERM", () => {
    server.close(() => process.exit());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}

/** Tells the launcher, which waits for it, that this process does its work. */
export function tellParent(): void {
  process.send?.("ready");
}

import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context as HonoContext } from "hono";
import { forwardedAddress } from "@/lib/services/limits/forwarded-address";

/** Where a request came from: as the proxy in front says, else who is at the other end of the connection. */
export function clientAddress(c: HonoContext): string {
  return forwardedAddress(c.req.header("X-Forwarded-For"), c.get("limiter").proxies) ?? connected(c) ?? "unknown";
}

/** Inside the web process there is no connection to look at. */
const connected = (c: HonoContext): string | undefined =>
  c.env !== undefined && "incoming" in c.env ? getConnInfo(c).remote.address : undefined;

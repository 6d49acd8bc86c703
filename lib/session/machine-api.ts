import { db } from "@/db/client";
import { createApi } from "@/lib/api/app";
import { readEnv } from "@/lib/env";
import { limiter } from "./limiter";

// Next's development server loads this module once per bundle; the queues of the API must still be one.
const held = globalThis as typeof globalThis & { tenspotApi?: ReturnType<typeof createApi> };

/** The machine API inside the web process. */
export function machineApi(request: Request): Response | Promise<Response> {
  held.tenspotApi ??= createApi({
    ctx: { db: db(), clock: () => new Date() },
    beaconSecret: Buffer.from(readEnv(["BEACON_SECRET"]).BEACON_SECRET, "hex"),
    limiter: limiter(),
  });
  return held.tenspotApi.fetch(request);
}

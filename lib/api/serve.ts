import { serve } from "@hono/node-server";
import { connect, servingTimeouts } from "@/db/client";
import { readEnv } from "@/lib/env";
import { endWithNotices } from "@/lib/live/notify";
import { parseLimits } from "@/lib/services/limits/policies";
import { RateLimiter } from "@/lib/services/limits/rate-limiter";
import { createApi } from "./app";

/** `npm run ingest`: the machine API alone, for volume. Listens on INGEST_PORT, 3001 unless told. */
function main(): void {
  // The secret also makes the hashes by which addresses of closed accounts are known again: better no start than that.
  const { DATABASE_URL, BEACON_SECRET, RATE_LIMITS, TRUSTED_PROXIES } = readEnv([
    "DATABASE_URL",
    "NEXTAUTH_SECRET",
    "BEACON_SECRET",
    "RATE_LIMITS",
    "TRUSTED_PROXIES",
  ]);
  const port = Number(process.env.INGEST_PORT ?? "3001");
  const db = connect({ url: DATABASE_URL, applicationName: "tenspot-ingest", timeouts: servingTimeouts });
  const ctx = { db, clock: () => new Date() };
  const app = createApi({
    ctx,
    beaconSecret: Buffer.from(BEACON_SECRET, "hex"),
    limiter: new RateLimiter(ctx, parseLimits(RATE_LIMITS), TRUSTED_PROXIES),
  });
  const server = serve(
    {
      fetch: app.fetch,
      port,
      hostname: process.env.INGEST_HOST ?? "127.0.0.1",
      // The adapter would cut a connection half a second after a refusal that left its body unread: a busy sender then
      // finds it broken, and no answer. Node closes it later, when nothing more comes.
      autoCleanupIncoming: false,
    },
    () => console.log(`The machine API answers on port ${port}`),
  );
  const stop = () => {
    server.close(() => void endWithNotices(db).then(() => process.exit(0)));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main();

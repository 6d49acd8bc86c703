import { setTimeout as pause } from "node:timers/promises";
import { homeFolder } from "@/demo/folders";
import { MachineApi } from "@/demo/machine-api/client";
import { localKey } from "@/demo/machine-api/local-key";
import { readEnv } from "@/lib/env";
import { Fleet } from "./fleet";

const TICK_MS = 2_000;

/** A process of `npm start`: GPUs that report what they really did, so that bars move. Ends on SIGTERM. */
async function main(): Promise<void> {
  const { DATABASE_URL: databaseUrl, NEXTAUTH_URL: url } = readEnv(["DATABASE_URL", "NEXTAUTH_URL"]);
  const startedAtMs = Date.now();
  const key = await localKey({ databaseUrl, home: homeFolder(), name: "fleet", scopes: ["ingest", "read"] });
  const fleet = new Fleet({ api: new MachineApi({ url, key }), startedAtMs });
  process.once("SIGTERM", () => process.exit(0));
  process.once("SIGINT", () => process.exit(0));
  for (;;) {
    const began = Date.now();
    await fleet.tick(began).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
    });
    await pause(Math.max(TICK_MS - (Date.now() - began), TICK_MS / 10));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

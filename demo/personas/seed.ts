import { connect } from "@/db/client";
import { homeFolder } from "@/demo/folders";
import { MachineApi } from "@/demo/machine-api/client";
import { localKey } from "@/demo/machine-api/local-key";
import { readEnv } from "@/lib/env";
import { endWithNotices } from "@/lib/live/notify";
import { payments } from "@/lib/payments/configured";
import { appointOperators } from "./appoint";
import { keepUp } from "./keep-up";
import { settleIn } from "./settle-in";

/** Run by the launcher once the product answers: the personas are there afterwards, made now or before. */
async function main(): Promise<void> {
  const { DATABASE_URL: databaseUrl, NEXTAUTH_URL: url } = readEnv(["DATABASE_URL", "NEXTAUTH_URL"]);
  const key = await localKey({ databaseUrl, home: homeFolder(), name: "personas", scopes: ["admin"] });
  const follow = async (code: string) => {
    const response = await fetch(new URL(`/r/${code}`, url), { redirect: "manual" });
    await response.body?.cancel();
  };
  const db = connect({ url: databaseUrl, connectionsMax: 1, applicationName: "tenspot-personas" });
  await appointOperators({ db, clock: () => new Date() }).finally(() => db.$client.end());
  const made = await settleIn({ api: new MachineApi({ url, key }), now: () => new Date(), follow });
  const paying = connect({ url: databaseUrl, connectionsMax: 1, applicationName: "tenspot-personas" });
  const ctx = { db: paying, clock: () => new Date(), payments: payments() };
  await keepUp(ctx, url).finally(() => endWithNotices(paying));
  console.log(made ? "The personas have settled in" : "The personas are there");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

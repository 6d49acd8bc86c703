import { connect, type Db } from "@/db/client";
import { createDatabase } from "@/db/testing/database";
import { MachineApi } from "@/demo/machine-api/client";
import { createApi } from "@/lib/api/app";
import { endWithNotices } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { issueKey } from "@/lib/services/keys/api-keys";

export interface InProcess {
  api: MachineApi;
  ctx: Context;
  db: Db;
  close(): Promise<void>;
}

/** The public API on a database of its own, called without a network; no worker runs beside it. */
export async function startInProcess(clock: () => Date = () => new Date()): Promise<InProcess> {
  const database = await createDatabase();
  const db = connect({ url: database.url("web"), applicationName: "tenspot-demo-test" });
  const ctx = { db, clock };
  const app = createApi({ ctx, beaconSecret: new Uint8Array(32).fill(7) });
  const key = await issueKey(ctx, { name: "demo", scopes: ["admin"] });
  const send = async (request: Request) => app.fetch(request);
  return {
    api: new MachineApi({ url: "http://localhost", key, send }),
    ctx,
    db,
    close: async () => {
      await endWithNotices(db);
      await database.close();
    },
  };
}

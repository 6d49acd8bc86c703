import { parseArgs } from "node:util";
import { connect } from "@/db/client";
import { readEnv } from "@/lib/env";
import { issueKey, type Scope, scopes } from "./api-keys";

const usage = "Usage: npm run key -- --scopes ingest,read,admin --name NAME";

const isScope = (text: string): text is Scope => (scopes as readonly string[]).includes(text);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { scopes: { type: "string" }, name: { type: "string" } } });
  const wanted = values.scopes?.split(",") ?? [];
  if (!values.name || wanted.length === 0 || !wanted.every(isScope)) throw new Error(usage);
  const db = connect({
    url: readEnv(["DATABASE_URL"]).DATABASE_URL,
    connectionsMax: 1,
    applicationName: "tenspot-key",
  });
  console.log(await issueKey({ db, clock: () => new Date() }, { name: values.name, scopes: wanted }));
  await db.$client.end();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

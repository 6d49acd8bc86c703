import { connect } from "@/db/client";
import { readEnv } from "@/lib/env";
import { operatorCommand, readWords } from "./operator-command";

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  readWords(words);
  const { DATABASE_URL } = readEnv(["DATABASE_URL"]);
  const url = process.env.NEXTAUTH_URL ? readEnv(["NEXTAUTH_URL"]).NEXTAUTH_URL : undefined;
  const db = connect({ url: DATABASE_URL, connectionsMax: 1, applicationName: "tenspot-operator" });
  try {
    for (const line of await operatorCommand({ db, clock: () => new Date() }, words, url)) console.log(line);
  } finally {
    await db.$client.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

import { connect } from "@/db/client";
import { readEnv } from "@/lib/env";
import { verify } from "./verify";

/** `npm run verify`: prints each difference and fails when there is one. */
async function main(): Promise<void> {
  const db = connect({
    url: readEnv(["DATABASE_URL"]).DATABASE_URL,
    connectionsMax: 1,
    applicationName: "tenspot-verify",
  });
  const { checks, differences } = await verify(db);
  await db.$client.end();
  for (const { check, what, expected, found } of differences) {
    console.log(`${check}\n  ${what}: should be ${expected}, is ${found}`);
  }
  console.log(`${checks} checks, ${differences.length} differences`);
  if (differences.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

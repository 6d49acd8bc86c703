import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { homeFolder } from "@/demo/folders";
import { makeHome } from "@/demo/home";
import { takeHome } from "@/demo/launch/exclusive";
import { say } from "@/demo/launch/say";
import { removePostgres } from "@/demo/postgres/start";
import { Children } from "@/demo/processes/children";
import { Stop } from "@/demo/stop";

/** What a run keeps beside its database. */
const made = new Set(["keys.json", "payments.json", "ports.json", "run.json", "logs"]);

/** Removes the data and the keys of `npm start`; the next start makes them anew. */
async function reset(): Promise<void> {
  if (process.env.DATABASE_URL) {
    throw new Stop(
      "DATABASE_URL is set, and db:reset removes only the database that npm start brings along: unset it, or empty yours yourself.",
    );
  }
  const home = homeFolder();
  makeHome(home);
  const lock = await takeHome(home, "a reset");
  try {
    await new Children(home).endLeftovers();
    await removePostgres({ home, name: "main" });
    const left = readdirSync(home).filter((name) => name.endsWith(".key") || made.has(name));
    for (const name of left) rmSync(path.join(home, name), { recursive: true, force: true });
  } finally {
    lock.release();
  }
  say(`Removed the data in ${home}. npm start begins anew.`);
}

reset().catch((error: unknown) => {
  console.error(error instanceof Stop ? error.message : error);
  process.exit(1);
});

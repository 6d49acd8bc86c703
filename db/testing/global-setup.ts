import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { z } from "zod";
import { migrate } from "@/db/migrate";
import { ensureLogins, urlOfDatabase } from "@/db/roles";
import { homeFolder } from "@/demo/folders";
import { makeHome } from "@/demo/home";
import { startPostgres } from "@/demo/postgres/start";
import { withLock } from "@/demo/processes/lock";
import { dropDatabase, newName, sweepOld } from "./names";

declare module "vitest" {
  interface ProvidedContext {
    /** Connections to the server, and to the template every test file's database is cloned from. */
    template: { admin: string; name: string; owner: string; web: string; worker: string; reader: string };
  }
}

const Passwords = z.object({ web: z.string(), worker: z.string(), reader: z.string() });

/**
 * Starts the tests' own Postgres (or takes the one of DATABASE_URL) and migrates a template there.
 * The template belongs to this run, so runs side by side, on other sources, do not meet.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = path.join(homeFolder(), "test");
  const server = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, stop: async () => {} }
    : await startPostgres({
        home,
        name: "tests",
        // What tests write is thrown away: a power cut may take it.
        settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
        say: console.error,
      });

  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  const name = newName("template");
  const owner = urlOfDatabase(server.url, name);
  await sweepOld(admin);
  await admin`CREATE DATABASE ${admin(name)}`;
  await migrate(owner);
  makeHome(home);
  const logins = await withLock(path.join(home, "logins.lock"), 60_000, () =>
    ensureLogins({ ownerUrl: owner, passwords: passwordsOf(home), suffix: "test" }),
  );
  project.provide("template", { admin: server.url, name, owner, ...logins });

  return async () => {
    await dropDatabase(admin, name);
    await admin.end();
    await server.stop();
  };
}

function passwordsOf(home: string): z.infer<typeof Passwords> {
  const file = path.join(home, "passwords.json");
  if (!existsSync(file)) {
    const password = () => randomBytes(24).toString("hex");
    writeFileSync(file, JSON.stringify({ web: password(), worker: password(), reader: password() }), { mode: 0o600 });
  }
  return Passwords.parse(JSON.parse(readFileSync(file, "utf8")));
}

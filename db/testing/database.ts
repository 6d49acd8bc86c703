import postgres from "postgres";
import { inject } from "vitest";
import type { ProcessRole } from "@/db/roles";
import { urlOfDatabase } from "@/db/roles";
import { dropDatabase, newName } from "./names";

export interface TestDatabase {
  /** The connection of the owner, or of a process's role. */
  url(role: "owner" | ProcessRole): string;
  /** Drops the database, whoever is still connected. */
  close(): Promise<void>;
}

/** A migrated database of this test file's own. Close it in `afterAll`. */
export async function createDatabase(): Promise<TestDatabase> {
  const template = inject("template");
  const name = newName("file");
  const admin = postgres(template.admin, { max: 1, onnotice: () => {} });
  await admin`CREATE DATABASE ${admin(name)} TEMPLATE ${admin(template.name)}`;
  return {
    url: (role) => urlOfDatabase(template[role], name),
    close: async () => {
      await dropDatabase(admin, name);
      await admin.end();
    },
  };
}

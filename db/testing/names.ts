import { randomBytes } from "node:crypto";
import type { Sql } from "postgres";

const prefix = "tenspot_test";
/** Databases older than this were left by a run that was killed. */
const keptMsMax = 2 * 3600_000;

/** A name nobody else uses, which says when it was given. */
export function newName(kind: string): string {
  return `${prefix}_${Math.floor(Date.now() / 1000)}_${kind}_${randomBytes(4).toString("hex")}`;
}

export async function dropDatabase(admin: Sql, name: string): Promise<void> {
  await admin`DROP DATABASE IF EXISTS ${admin(name)} WITH (FORCE)`;
}

/** Drops what killed runs left behind. */
export async function sweepOld(admin: Sql): Promise<void> {
  const found = await admin<{ name: string }[]>`
    SELECT datname AS name FROM pg_database WHERE datname ~ ${`^${prefix}_[0-9]+_`}`;
  for (const { name } of found) {
    const madeAt = Number(name.slice(prefix.length + 1).split("_")[0]) * 1000;
    if (Date.now() - madeAt > keptMsMax) await dropDatabase(admin, name);
  }
}

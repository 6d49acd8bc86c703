import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { connect } from "@/db/client";
import { bearerOf, issueKey, type Scope } from "@/lib/services/keys/api-keys";

export interface LocalKey {
  databaseUrl: string;
  /** Folder of the run's state, where the key is kept for the next time. */
  home: string;
  /** Who will use it: one key each. */
  name: string;
  scopes: readonly Scope[];
}

/** An API key for one of the demo's own programs: the one kept from last time while the database knows it, else new. */
export async function localKey({ databaseUrl, home, name, scopes }: LocalKey): Promise<string> {
  const db = connect({ url: databaseUrl, connectionsMax: 1, applicationName: `tenspot-${name}` });
  const ctx = { db, clock: () => new Date() };
  const file = path.join(home, `${name}.key`);
  try {
    const kept = readKept(file);
    const given = kept === undefined ? null : await bearerOf(ctx, kept);
    if (kept !== undefined && given && scopes.every((scope) => given.scopes.has(scope))) return kept;
    const key = await issueKey(ctx, { name, scopes });
    keep(file, key);
    return key;
  } finally {
    await db.$client.end();
  }
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}

function keep(file: string, key: string): void {
  const draft = `${file}.draft`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${key}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

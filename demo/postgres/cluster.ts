import { execFile } from "node:child_process";
import { chownSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { promisify } from "node:util";
import { Stop } from "@/demo/stop";
import { type Binaries, identityOf } from "./binaries";
import type { ServerUser } from "./place";
import type { Settings } from "./settings";

/** One data folder and what is known about its server. */
export interface Cluster {
  /** Ours: password, port, log. */
  folder: string;
  /** The server's. */
  data: string;
  user: ServerUser | undefined;
  settings: Settings;
}

/** The little of our environment that a server should see: nothing that begins with PG may steer it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  return { NODE_ENV: "production", LC_ALL: "C", ...(PATH ? { PATH } : {}), ...(TMPDIR ? { TMPDIR } : {}) };
}

/**
 * Fills the data folder. It appears whole or not at all, whenever we are interrupted.
 * @throws Stop with what initdb says.
 */
export async function createCluster(cluster: Cluster, binaries: Binaries, passwordFile: string): Promise<void> {
  const draft = `${cluster.data}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (cluster.user) chownSync(draft, cluster.user.uid, cluster.user.gid);
  const options = [
    `--pgdata=${draft}`,
    "--username=tenspot",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // C.UTF-8 built into the server: older systems and macOS have no locale of that name.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  try {
    await promisify(execFile)(binaries.initdb, options, {
      cwd: "/",
      env: serverEnvironment(),
      ...identityOf(cluster.user),
    });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    const reason = said.split("\n").find((line) => line.includes("error:")) ?? said.trim().split("\n")[0];
    throw new Stop(`Postgres could not make its data folder ${cluster.data}: ${reason}`);
  }
  renameSync(draft, cluster.data);
}

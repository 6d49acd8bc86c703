import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "@/demo/processes/ports";
import { waitFor } from "@/demo/processes/wait";
import { Stop } from "@/demo/stop";
import { type Binaries, identityOf } from "./binaries";
import { type Cluster, serverEnvironment } from "./cluster";
import { findPostmaster, pidfileOf } from "./pidfile";
import { settingsFor } from "./settings";

/**
 * Makes a server run on the cluster's data.
 * @returns its port.
 */
export async function ensureRunning(cluster: Cluster, binaries: Binaries, deadlineMs: number): Promise<number> {
  const found = findPostmaster(cluster.data);
  if (found.kind === "stale") rmSync(pidfileOf(cluster.data), { force: true });
  if (found.kind === "living") {
    const port = await readyPort(cluster, deadlineMs);
    if (port !== undefined) return port;
  }

  const end = performance.now() + deadlineMs;
  for (;;) {
    const outcome = await launch(cluster, binaries, end - performance.now());
    if (typeof outcome === "number") return outcome;
    // The last processes of a server that was killed leave a moment later than it does.
    const passing = /shared memory block .* still in use|Address already in use/.test(outcome);
    if (!passing || performance.now() > end) {
      throw new Stop(`Postgres did not start on ${cluster.data}: ${outcome}`);
    }
    await waitFor(() => false, { deadlineMs: 100 });
  }
}

/** Ends a server fast: open transactions are rolled back, nothing committed is lost. */
export async function stopServer(data: string): Promise<void> {
  for (const [signal, deadlineMs] of [["SIGINT", 30_000] as const, ["SIGQUIT", 10_000] as const]) {
    const found = findPostmaster(data);
    if (found.kind !== "living") return;
    process.kill(found.postmaster.pid, signal);
    await waitFor(() => findPostmaster(data).kind !== "living", { deadlineMs, everyMs: 10 });
  }
}

/** @returns the port, or the reason why the server ended. */
async function launch(cluster: Cluster, binaries: Binaries, deadlineMs: number): Promise<number | string> {
  const remembered = path.join(cluster.folder, "port");
  const port = await freePort([Number(readIfThere(remembered)) || undefined]);
  replace(remembered, String(port));

  const settings = {
    ...settingsFor(),
    ...cluster.settings,
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
  };
  const log = path.join(cluster.folder, "server.log");
  replace(log, "");
  const output = openSync(log, "a");
  const child = spawn(
    binaries.postgres,
    ["-D", cluster.data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    {
      cwd: "/",
      env: serverEnvironment(),
      stdio: ["ignore", output, output],
      // Its own session: Ctrl-C reaches us first, and we end it last.
      detached: true,
      ...identityOf(cluster.user),
    },
  );
  closeSync(output);
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  child.once("exit", () => {
    ended = true;
  });
  child.unref();

  const ready = await waitFor(() => ended || portOf(cluster.data, child.pid), { deadlineMs, everyMs: 10 });
  if (typeof ready === "number") return ready;
  if (!ended) return `no answer within ${Math.round(deadlineMs / 1000)} s; its log is ${log}`;
  const lines = (readIfThere(log) ?? "").split("\n");
  const reason = lines.find((line) => /FATAL|error/.test(line)) ?? lines[0];
  return `${reason?.replace(/^.*?FATAL: */, "")} (its log is ${log})`;
}

async function readyPort(cluster: Cluster, deadlineMs: number): Promise<number | undefined> {
  const outcome = await waitFor(
    () => findPostmaster(cluster.data).kind !== "living" || portOf(cluster.data, undefined),
    { deadlineMs, everyMs: 10 },
  );
  return typeof outcome === "number" ? outcome : undefined;
}

function portOf(data: string, pid: number | undefined): number | undefined {
  const found = findPostmaster(data);
  if (found.kind !== "living" || !found.postmaster.ready) return undefined;
  return pid === undefined || found.postmaster.pid === pid ? found.postmaster.port : undefined;
}

/** Writes a file anew: one that another user left could not be written to. */
function replace(file: string, text: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600 });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { sources } from "@/demo/folders";
import { Stop } from "@/demo/stop";
import { isRunning, markOf, type ProcessMark } from "./identity";
import { waitFor } from "./wait";

export interface Program {
  /** Names its log. */
  name: string;
  /** A script and its options, run by this Node. TypeScript runs through tsx. */
  command: readonly [string, ...string[]];
  environment: NodeJS.ProcessEnv;
  /** Whether what it says goes to the terminal instead of its log. */
  aloud?: boolean;
}

const Marks = z.array(z.object({ pid: z.number(), began: z.string() }));
const tether = pathToFileURL(path.join(sources, "demo/processes/tether.mjs")).href;

/** The processes the launcher started: they end with it, and what a killed launcher left is ended by the next. */
export class Children {
  private readonly running = new Map<ChildProcess, ProcessMark | undefined>();
  private readonly list: string;
  private stopping = false;

  /** @param graceMs how long one that was asked to end may take before it is made to. */
  constructor(
    private readonly home: string,
    private readonly graceMs = 3000,
  ) {
    this.list = path.join(home, "processes.json");
    mkdirSync(path.join(home, "logs"), { recursive: true });
  }

  logOf(name: string): string {
    return path.join(this.home, "logs", `${name}.log`);
  }

  /**
   * Starts a program in a session of its own, so that Ctrl-C reaches the launcher alone.
   * @param lost called when it ends without having been told to; `code` is its exit code, if it had one.
   */
  start(
    { name, command, environment, aloud = false }: Program,
    lost: (reason: Stop, code: number | null) => void = () => {},
  ): ChildProcess {
    const [script, ...options] = command;
    const log = this.logOf(name);
    const output = aloud ? "inherit" : openSync(log, "w", 0o600);
    const child = spawn(
      process.execPath,
      ["--import", tether, ...(script.endsWith(".ts") ? ["--import", "tsx"] : []), script, ...options],
      {
        cwd: sources,
        env: { ...environment, TENSPOT_TETHER: String(process.pid) },
        stdio: ["ignore", output, output, "ipc"],
        detached: true,
      },
    );
    if (typeof output === "number") closeSync(output);
    this.running.set(child, child.pid === undefined ? undefined : markOf(child.pid));
    this.record();
    const ended = (how: string, code: number | null) => {
      if (!this.running.delete(child)) return;
      this.record();
      if (!this.stopping) lost(new Stop(`${name} ended by itself (${how}).${aloud ? "" : tailOf(log)}`), code);
    };
    child.once("exit", (code, signal) => ended(signal ?? `exit code ${code}`, code));
    child.once("error", (error) => ended(error.message, null));
    return child;
  }

  /** Runs a program to its end. @throws Stop with the end of its log when it fails. */
  run(program: Program): Promise<void> {
    return new Promise((resolve, reject) => {
      this.start(program, (reason, code) => (code === 0 ? resolve() : reject(reason)));
    });
  }

  /** Ends them all, the slow ones by force. */
  async stopAll(): Promise<void> {
    this.stopping = true;
    const marks = [...this.running.values()].filter((mark) => mark !== undefined);
    await end(marks, this.graceMs);
    rmSync(this.list, { force: true });
  }

  /** Ends what a killed launcher left and did not end by itself. */
  async endLeftovers(): Promise<void> {
    await end(readMarks(this.list), this.graceMs);
    rmSync(this.list, { force: true });
  }

  private record(): void {
    const draft = `${this.list}.draft`;
    writeFileSync(draft, JSON.stringify([...this.running.values()].filter((mark) => mark !== undefined)));
    renameSync(draft, this.list);
  }
}

async function end(marks: readonly ProcessMark[], graceMs: number): Promise<void> {
  const left = () => marks.filter(isRunning);
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    for (const { pid } of left()) signalGroup(pid, signal);
    await waitFor(() => left().length === 0, { deadlineMs: graceMs });
  }
}

/** A child leads a group of its own: what it started ends with it. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

function readMarks(file: string): ProcessMark[] {
  try {
    return Marks.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return [];
  }
}

/** The last lines of a log, to be shown below a sentence. */
function tailOf(log: string): string {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n").slice(-25);
  return `\n\n${lines.join("\n")}\n\nAll of it is in ${log}.`;
}

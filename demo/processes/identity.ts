import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** One process, told apart from a later one that was given the same number. */
export interface ProcessMark {
  pid: number;
  /** When it began, in the words of this system. */
  began: string;
}

/** The mark of a running process; undefined when there is none, or only its unburied remains. */
export function markOf(pid: number): ProcessMark | undefined {
  const began = process.platform === "linux" ? beganOnLinux(pid) : beganElsewhere(pid);
  return began === undefined ? undefined : { pid, began };
}

/** Whether the process that left this mark still runs. */
export function isRunning(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.began === mark.began;
}

/** The mark of this process. */
export function ownMark(): ProcessMark {
  return markOf(process.pid) ?? { pid: process.pid, began: "unknown" };
}

/** The command line of a running process, empty when it cannot be read. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return ask(["-o", "command=", "-p", String(pid)]);
  } catch {
    return "";
  }
}

/** The number of a process's parent; undefined when the process is gone. */
export function parentOf(pid: number): number | undefined {
  const text = process.platform === "linux" ? statOf(pid)?.[1] : ask(["-o", "ppid=", "-p", String(pid)]);
  const parent = Number(text);
  return text && Number.isInteger(parent) ? parent : undefined;
}

/** Whether any process, even an unburied one, has this number. */
export function isNumberTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function beganOnLinux(pid: number): string | undefined {
  const fields = statOf(pid);
  const state = fields?.[0];
  // A zombie has ended; where nobody buries it, it stays for ever.
  if (state === undefined || state === "Z" || state === "X") return undefined;
  return `${bootId()}/${fields?.[19]}`;
}

/** Fields of /proc/PID/stat from the third on: the second, the name, may hold spaces and brackets. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function beganElsewhere(pid: number): string | undefined {
  const [state, ...began] = ask(["-o", "state=,lstart=", "-p", String(pid)]).split(/\s+/);
  return !state || state.startsWith("Z") ? undefined : began.join(" ");
}

function ask(options: string[]): string {
  return spawnSync("ps", options, { encoding: "utf8" }).stdout?.trim() ?? "";
}

import { readFileSync } from "node:fs";
import path from "node:path";
import { commandOf, isNumberTaken, markOf } from "@/demo/processes/identity";

/** What a server writes about itself into `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  folder: string;
  /** 0 until the server listens. */
  port: number;
  ready: boolean;
}

/** Reads the text of a `postmaster.pid`; undefined when it is not one. */
export function parsePidfile(text: string): Postmaster | undefined {
  const [pid, folder, , port, , , , status] = text.split("\n").map((line) => line.trim());
  if (!pid || !folder || !/^\d+$/.test(pid)) return undefined;
  return { pid: Number(pid), folder, port: Number(port || 0), ready: status === "ready" };
}

/**
 * What stands in the way of starting a server on `data`:
 * - `living`: ours runs
 * - `stale`: the file names a process that is something else, or ended and was never buried;
 *   the server itself would wait for it for ever
 * - `none`: nothing, or a file the server clears by itself
 */
export type Found = { kind: "living"; postmaster: Postmaster } | { kind: "stale" } | { kind: "none" };

export function findPostmaster(data: string): Found {
  const postmaster = readPidfile(data);
  if (!postmaster) return { kind: "none" };
  if (markOf(postmaster.pid) && commandOf(postmaster.pid).includes(data)) return { kind: "living", postmaster };
  return isNumberTaken(postmaster.pid) ? { kind: "stale" } : { kind: "none" };
}

export function pidfileOf(data: string): string {
  return path.join(data, "postmaster.pid");
}

function readPidfile(data: string): Postmaster | undefined {
  try {
    return parsePidfile(readFileSync(pidfileOf(data), "utf8"));
  } catch {
    return undefined;
  }
}

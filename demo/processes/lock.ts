import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { codeOf } from "@/demo/stop";
import { isRunning, ownMark } from "./identity";
import { waitFor } from "./wait";

const Holder = z.object({ pid: z.number(), began: z.string(), note: z.string() });
/** Who holds a lock; `note` is theirs to fill. */
export type Holder = z.infer<typeof Holder>;

export interface Lock {
  /** Changes what others read about the holder. */
  note(text: string): void;
  release(): void;
}

/**
 * Takes the lock kept in `file`, which a dead holder cannot keep.
 * @returns the lock, or the living holder when it did not let go in time.
 */
export async function takeLock(
  file: string,
  { deadlineMs, note = "" }: { deadlineMs: number; note?: string },
): Promise<{ lock: Lock } | { holder: Holder }> {
  const taken = await waitFor(() => tryLock(file, note), { deadlineMs });
  if (taken) return { lock: taken };
  const holder = readHolder(file);
  return holder ? { holder } : takeLock(file, { deadlineMs, note });
}

/** Runs `action` while holding the lock. */
export async function withLock<T>(file: string, deadlineMs: number, action: () => Promise<T>): Promise<T> {
  const taken = await takeLock(file, { deadlineMs });
  if ("holder" in taken) {
    throw new Error(`Process ${taken.holder.pid} has held ${file} for more than ${deadlineMs / 1000} s.`);
  }
  try {
    return await action();
  } finally {
    taken.lock.release();
  }
}

/** The living holder of a lock. */
export function readHolder(file: string): Holder | undefined {
  const holder = read(file);
  return holder && isRunning(holder) ? holder : undefined;
}

function tryLock(file: string, note: string): Lock | undefined {
  const mark = ownMark();
  const put = (text: string) => {
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, JSON.stringify({ ...mark, note: text }), { mode: 0o600 });
    return draft;
  };
  const draft = put(note);
  try {
    // A link appears whole or not at all, and never over another.
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    if (!readHolder(file)) removeStale(file);
    return undefined;
  } finally {
    rmSync(draft, { force: true });
  }
  return { note: (text) => renameSync(put(text), file), release: () => rmSync(file, { force: true }) };
}

/** Moves a dead holder's lock away, and puts it back should it have become a living one's meanwhile. */
function removeStale(file: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (readHolder(aside)) linkSync(aside, file);
  } catch (error) {
    const code = codeOf(error);
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(file: string): Holder | undefined {
  try {
    return Holder.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

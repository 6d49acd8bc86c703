import { readdirSync, readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second, whatever the machine. */
const MICROS_PER_TICK = 10_000;

interface Usage {
  parent: number;
  /** Its own. */
  ticks: number;
  /** Of its children that ended. */
  endedTicks: number;
}

/** Processor time of one process so far, microseconds; null where the system does not say. */
export function processMicros(pid: number): number | null {
  const usage = usageOf(pid);
  return usage && usage.ticks * MICROS_PER_TICK;
}

/** Memory a process holds, bytes; null where the system does not say. */
export function memoryOf(pid: number): number | null {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
  } catch {
    return null;
  }
}

/** Processor time of a Postgres server with all its backends and helpers, also those that ended; microseconds. */
export function serverMicros(postmaster: number): number | null {
  const own = usageOf(postmaster);
  if (!own) return null;
  let ticks = own.ticks + own.endedTicks;
  for (const name of readdirSync("/proc")) {
    const usage = /^\d+$/.test(name) ? usageOf(Number(name)) : null;
    if (usage?.parent === postmaster) ticks += usage.ticks;
  }
  return ticks * MICROS_PER_TICK;
}

function usageOf(pid: number): Usage | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // Its name, in parentheses, may hold anything: the numbers follow the last one. See proc(5), fields 4 and 14–17.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3] ?? "0");
  return { parent: field(4), ticks: field(14) + field(15), endedTicks: field(16) + field(17) };
}

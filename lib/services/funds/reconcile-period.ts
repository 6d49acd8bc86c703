import { parseArgs } from "node:util";
import type { Period } from "@/lib/payments/provider";

const usage = "Usage: npm run reconcile -- --from 2026-11-01 --to 2026-11-30   (days in UTC, both included)";

const DAY_MS = 86_400_000;

/** The days that a command's words name. @throws Error with how to write them. */
export function readPeriod(words: readonly string[]): Period {
  const { from, to } = parse(words);
  const [first, last] = [dayOf(from), dayOf(to)];
  if (first > last) throw new Error(`--from lies after --to. ${usage}`);
  return { from: new Date(first), to: new Date(last + DAY_MS) };
}

function parse(words: readonly string[]): { from?: string | undefined; to?: string | undefined } {
  try {
    return parseArgs({ args: [...words], options: { from: { type: "string" }, to: { type: "string" } } }).values;
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

/** The first millisecond of "2026-11-01". */
function dayOf(text: string | undefined): number {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) throw new Error(usage);
  return at;
}

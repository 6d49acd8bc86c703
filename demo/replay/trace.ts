import type { NewPrice } from "@/demo/machine-api/requests";
import type { Nanos } from "@/lib/money/nanos";
import { headerOf } from "./csv";
import { readGenaiRequests } from "./genai-requests";
import { readGpuPods } from "./gpu-pods";

/** One billable row of a trace. */
export interface Usage {
  id: string;
  customer: string;
  /** Milliseconds since 1970. */
  startedAtMs: number;
  durationMs: number;
  /** Decimal text, at most three digits after the point; absent for one. */
  quantity?: string;
  resource?: string;
  template?: string;
}

/** A file of real usage, read by its own rules. */
export interface Trace {
  name: "genai-requests" | "gpu-pods";
  price: Pick<NewPrice, "sku" | "service" | "unit"> & { amount: Nanos };
  /** The account that publishes the templates; absent where a template is only a label. */
  creator?: string;
  /** In file order. */
  usage: Usage[];
}

const readers = [
  { columns: ["gmt_create", "exec_time_seconds", "groupId"], read: readGenaiRequests },
  { columns: ["cpu_milli", "scheduled_time", "qos"], read: readGpuPods },
];

/** Reads a trace, recognised by its header. @throws Error when it is none of those known, or a line cannot be read. */
export function readTrace(text: string): Trace {
  const header = new Set(headerOf(text));
  const reader = readers.find(({ columns }) => columns.every((column) => header.has(column)));
  if (!reader) throw new Error("This is none of the traces known: its first line is not the header of one.");
  return reader.read(text);
}

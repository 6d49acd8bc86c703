import { nanos } from "@/lib/money/nanos";
import { parseQuantity } from "@/lib/money/parse";
import { csvRows } from "./csv";
import type { Trace, Usage } from "./trace";

/** Requests that ran to an end, well or not; the others had not been billed yet. */
const billed: ReadonlySet<string> = new Set(["SUCCEED", "FAILED"]);

/** Image-generation requests of a model service, as serverless usage. */
export function readGenaiRequests(text: string): Trace {
  const usage: Usage[] = [];
  for (const { line, field } of csvRows(text)) {
    if (!billed.has(field("predict_status"))) continue;
    const durationMs = toMilliseconds(field("exec_time_seconds"), line);
    if (durationMs === 0) continue;
    usage.push({
      id: String(line),
      customer: field("groupId"),
      startedAtMs: Date.parse(`${field("gmt_create").replace(" ", "T")}Z`),
      durationMs,
      template: field("checkpoint_model_version_id"),
    });
  }
  const price = { sku: "h100.flex", service: "serverless", unit: "second", amount: nanos(1_160_000n) } as const;
  return { name: "genai-requests", price, usage };
}

/** Seconds in decimal text, exactly; empty is none. */
function toMilliseconds(seconds: string, line: number): number {
  if (seconds === "") return 0;
  const read = parseQuantity(seconds);
  if (!read.ok) throw new Error(`Line ${line}: exec_time_seconds ${read.message}.`);
  return Number(read.milli);
}

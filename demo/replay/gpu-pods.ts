import { nanos } from "@/lib/money/nanos";
import { csvRows } from "./csv";
import type { Trace, Usage } from "./trace";

/** The trace counts seconds from an instant it does not tell. */
const BEGINNING_MS = Date.UTC(2024, 0, 1);

/** Pods of a GPU cluster, as pod usage; some share a GPU. */
export function readGpuPods(text: string): Trace {
  const usage: Usage[] = [];
  for (const { field } of csvRows(text)) {
    const [gpus, start, end] = [field("num_gpu"), field("scheduled_time"), field("deletion_time")];
    const seconds = Number(end) - Number(start);
    if (Number(gpus) === 0 || start === "" || end === "" || seconds <= 0) continue;
    const name = field("name");
    usage.push({
      id: name,
      customer: `pods-${field("cpu_milli")}-${field("memory_mib")}`,
      startedAtMs: BEGINNING_MS + Number(start) * 1_000,
      durationMs: seconds * 1_000,
      quantity: Number(gpus) === 1 ? thousandths(field("gpu_milli")) : gpus,
      resource: name,
      template: field("qos"),
    });
  }
  const price = { sku: "rtx4090.community", service: "pod", unit: "hour", amount: nanos(340_000_000n) } as const;
  return { name: "gpu-pods", price, creator: "pods-templates", usage };
}

/** "460" as "0.460". */
const thousandths = (milli: string): string => `${milli.slice(0, -3) || "0"}.${milli.slice(-3).padStart(3, "0")}`;

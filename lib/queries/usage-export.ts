import "server-only";
import type { AccountKey } from "./account-key";
import { csvLine } from "./csv";
import { everyInterval, type UsageWanted, type UsedInterval } from "./usage";

export const exportFormats = ["csv", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const columns: Readonly<Record<string, (row: UsedInterval) => string>> = {
  ended_at: ({ endedAt }) => endedAt,
  source: ({ source }) => source,
  id: ({ id }) => id,
  service: ({ service }) => service,
  sku: ({ sku }) => sku ?? "",
  resource: ({ resource }) => resource ?? "",
  template: ({ template }) => template ?? "",
  duration_ms: ({ durationMs }) => durationMs,
  quantity: ({ quantity }) => quantity,
  charged: ({ charged }) => charged,
  from_promo: ({ parts }) => parts.promo,
  from_earned: ({ parts }) => parts.earned,
  from_market: ({ parts }) => parts.market,
  from_paid: ({ parts }) => parts.paid,
  posting: ({ seq }) => seq,
};

/** The file, some text at a time: CSV with a head line, or one JSON array. */
async function* textOf(account: AccountKey, wanted: UsageWanted, format: ExportFormat): AsyncGenerator<string> {
  if (format === "csv") {
    yield csvLine(Object.keys(columns));
    for await (const rows of everyInterval(account, wanted)) {
      yield rows.map((row) => csvLine(Object.values(columns).map((read) => read(row)))).join("");
    }
    return;
  }
  let before = "[\n";
  for await (const rows of everyInterval(account, wanted)) {
    yield before + rows.map((row) => JSON.stringify(row)).join(",\n");
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

/** The same as bytes that are made only as fast as they are taken. */
export function usageFile(account: AccountKey, wanted: UsageWanted, format: ExportFormat): ReadableStream<Uint8Array> {
  const texts = textOf(account, wanted, format);
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await texts.return(undefined);
    },
  });
}

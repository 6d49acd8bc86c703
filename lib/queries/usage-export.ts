import "server-only";
import type { AccountKey } from "./account-key";
import { type ExportFormat, exportFile } from "./export-file";
import { everyInterval, type UsageWanted, type UsedInterval } from "./usage";

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

/** An account's usage, whole, as a file. */
export const usageFile = (account: AccountKey, wanted: UsageWanted, format: ExportFormat): ReadableStream<Uint8Array> =>
  exportFile({ format, columns, rows: everyInterval(account, wanted) });

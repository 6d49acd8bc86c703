import { amountText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";

/** Shown at a time: of what waits for a second operator, and of what was decided. */
export const WAITING_MAX = 200;
export const DECIDED_SHOWN = 20;

/** What an operator did with money, or asked a second one for. */
export interface RequestView {
  reference: string;
  account: { id: string; externalId: string };
  /** Exact decimal dollars. */
  amount: string;
  reason: string;
  requestedBy: string;
  /** ISO 8601 */
  requestedAt: string;
  /** The second operator; null while it waits and where none was needed. */
  decidedBy: string | null;
  decisionReason: string | null;
}

interface RequestRow {
  reference: string;
  accountId: string;
  amount: Nanos;
  reason: string;
  requestedBy: string;
  requestedAt: Date;
  decidedBy: string | null;
  decisionReason: string | null;
}

export const requestView = (row: RequestRow, externalId: string): RequestView => ({
  reference: row.reference,
  account: { id: row.accountId, externalId },
  amount: amountText(row.amount),
  reason: row.reason,
  requestedBy: row.requestedBy,
  requestedAt: row.requestedAt.toISOString(),
  decidedBy: row.decidedBy,
  decisionReason: row.decisionReason,
});

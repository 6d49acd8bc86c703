import { amountText } from "@/lib/money/format";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";

/** What moved money: a payment, or what became of it. */
export type Movement = "payment" | "refund" | "refund_failed" | "chargeback" | "dispute_won";

/** One movement as one side has it. */
export interface Line {
  movement: Movement;
  /** Null in another currency. */
  amount: Nanos | null;
  /** The account of a payment, the deposit of a reversal. */
  of: string;
}

/** One movement, as each side that has it. */
export interface Pair {
  provider?: Line;
  ledger?: Line;
  /** What is known of it where one of them lacks it. */
  note?: string;
}

export interface Difference {
  what: string;
  provider: string;
  ledger: string;
}

export type Totals = Record<Movement, { provider: Nanos; ledger: Nanos }>;

export interface Reconciliation {
  /** Payments, refunds and disputes, each once, whichever side knows it. */
  compared: number;
  /** What each kind moved on either side. */
  totals: Totals;
  differences: Difference[];
}

/** @param pairs by the ledger's reference of the movement */
export function reconciled(pairs: ReadonlyMap<string, Pair>): Reconciliation {
  const nothing = () => ({ provider: ZERO, ledger: ZERO });
  const totals: Totals = {
    payment: nothing(),
    refund: nothing(),
    refund_failed: nothing(),
    chargeback: nothing(),
    dispute_won: nothing(),
  };
  const differences: Difference[] = [];
  for (const [reference, pair] of pairs) {
    for (const side of ["provider", "ledger"] as const) {
      const line = pair[side];
      if (!line) continue;
      const total = totals[line.movement];
      total[side] = nanos(total[side] + (line.amount ?? 0n));
    }
    if (!isSame(pair)) differences.push(differenceOf(pairs, reference, pair));
  }
  return { compared: pairs.size, totals, differences };
}

/** What all of them left at one side: what came, less what was taken back, and what of that came again. */
export const netOf = (totals: Totals, side: "provider" | "ledger"): Nanos =>
  nanos(
    totals.payment[side] -
      totals.refund[side] +
      totals.refund_failed[side] -
      totals.chargeback[side] +
      totals.dispute_won[side],
  );

const isSame = ({ provider, ledger }: Pair): boolean =>
  provider !== undefined &&
  ledger !== undefined &&
  provider.amount === ledger.amount &&
  provider.movement === ledger.movement &&
  provider.of === ledger.of;

/** In words: what one side lacks, or in what both differ. */
function differenceOf(
  pairs: ReadonlyMap<string, Pair>,
  reference: string,
  { provider, ledger, note }: Pair,
): Difference {
  const what = `${(provider ?? ledger)?.movement.replace("_", " ")} ${reference}`;
  const lacks = (side: "provider" | "ledger"): string => note ?? beforeOf(pairs, reference, side) ?? "nothing";
  if (!provider || !ledger) {
    return {
      what,
      provider: provider ? wholeOf(provider) : lacks("provider"),
      ledger: ledger ? wholeOf(ledger) : lacks("ledger"),
    };
  }
  if (provider.amount !== ledger.amount) return { what, provider: dollars(provider), ledger: dollars(ledger) };
  if (provider.movement !== ledger.movement) return { what, provider: provider.movement, ledger: ledger.movement };
  return { what, provider: `of ${provider.of}`, ledger: `of ${ledger.of}` };
}

/** Where a side has the refund or dispute, and not what became of it. */
function beforeOf(
  pairs: ReadonlyMap<string, Pair>,
  reference: string,
  side: "provider" | "ledger",
): string | undefined {
  const [, begun] = /^(.*):(?:failed|reinstated)$/.exec(reference) ?? [];
  const before = begun === undefined ? undefined : pairs.get(begun)?.[side];
  return before && `only the ${before.movement} of ${dollars(before)}`;
}

const wholeOf = (line: Line): string => `${dollars(line)} of ${line.of}`;

const dollars = ({ amount }: Line): string => (amount === null ? "another currency" : `$${amountText(amount)}`);

import { connect } from "@/db/client";
import { readEnv } from "@/lib/env";
import { dollarsExact } from "@/lib/money/format";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { payments } from "@/lib/payments/configured";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import { reconcile } from "./reconcile";
import { readPeriod } from "./reconcile-period";
import { type Movement, netOf, type Reconciliation } from "./reconciliation";

/** `npm run reconcile`: prints what both sides moved and each difference, and fails when there is one. */
async function main(): Promise<void> {
  const period = readPeriod(process.argv.slice(2));
  const { DATABASE_URL } = readEnv(["DATABASE_URL"]);
  const db = connect({ url: DATABASE_URL, connectionsMax: 1, applicationName: "tenspot-reconcile" });
  try {
    const result = await reconcile({ db, clock: () => new Date(), payments: payments() }, period);
    for (const line of report(result)) console.log(line);
    if (result.differences.length > 0) process.exitCode = 1;
  } finally {
    await db.$client.end();
  }
}

const labels: readonly [Movement, string][] = [
  ["payment", "payments"],
  ["refund", "refunds"],
  ["refund_failed", "refunds that came back"],
  ["chargeback", "disputes"],
  ["dispute_won", "disputes won"],
];

/** The last line of the table is what a clearing account between both would hold: nothing. */
function report({ compared, totals, differences }: Reconciliation): string[] {
  const rows = [
    ["", "provider", "ledger", "difference"],
    ...labels.map(([movement, label]) => row(label, totals[movement].provider, totals[movement].ledger)),
    row("net, and clearing", netOf(totals, "provider"), netOf(totals, "ledger")),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const table = rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  const each = differences.map(
    ({ what, provider, ledger }) => `${what}\n  the provider has ${provider}\n  the ledger has ${ledger}`,
  );
  return [...table, ...each, `${compared} compared, ${differences.length} differences`];
}

const row = (label: string, provider: Nanos, ledger: Nanos): string[] => [
  label,
  ...[provider, ledger, nanos(provider - ledger)].map((amount) => dollarsExact(amount)),
];

main().catch((error: unknown) => {
  const silent = error instanceof PaymentsUnavailable;
  console.error(
    silent ? "The payment provider does not answer: try again." : error instanceof Error ? error.message : error,
  );
  process.exitCode = 1;
});

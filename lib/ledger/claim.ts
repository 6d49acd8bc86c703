import type { TransactionSql } from "postgres";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import { arrearsOf } from "@/lib/programs/account";
import { chargeRoyalty, countRuntime, coverRoyalty } from "@/lib/programs/effects";
import { coverageChanges } from "@/lib/programs/line";
import { lineTail } from "./line-tail";
import type { TermsBook } from "./terms-book";
import type { AccountRef } from "./wallet";
import { withWallet } from "./with-wallet";

interface UnclaimedRow {
  seq: string;
  paid: string;
  charge: string;
  ended_ms: string;
  posted_ms: string;
  duration_ms: string;
}

/**
 * Lets an account's events that named `template` before it was registered count for it: runtime, and royalty on the
 * part that money covers, or on all where its terms ask for no money. Those posted over 30 days before stay what they are.
 */
export async function claimUnclaimed(
  raw: TransactionSql,
  scope: { account: AccountRef; book: TermsBook; at: Date },
  template: string,
): Promise<void> {
  const { account } = scope;
  await withWallet(raw, scope, async ({ wallet, effects, templates }) => {
    await templates.load(raw, [template]);
    const rows = await raw<UnclaimedRow[]>`
      delete from unclaimed_usage u using usage_events e
       where u.template = ${template} and u.lane = ${account.lane} and u.account_id = ${account.id}
         and e.lane = u.lane and e.account_id = u.account_id and e.seq = u.seq
      returning e.seq, e.paid, e.charge, e.duration_ms, (extract(epoch from e.ended_at) * 1000)::bigint as ended_ms,
                (extract(epoch from e.posted_at) * 1000)::bigint as posted_ms`;
    const arrears = arrearsOf(wallet.state.paidNet);
    const tail = await lineTail(raw, account, arrears, templates);
    const settled = coverageChanges(tail, { arrearsBefore: arrears, arrearsAfter: ZERO });
    const owed = new Map(settled.map(({ stretch, change }) => [stretch.seq, change]));
    for (const row of rows) {
      const pin = templates.pinOfPosted(template, Number(row.posted_ms));
      if (!pin) continue;
      const stretch = { service: "pod" as const, endedAtMs: Number(row.ended_ms), template: pin };
      const covered = BigInt(row.paid) - (owed.get(BigInt(row.seq)) ?? 0n);
      countRuntime(effects, wallet.pins, stretch, BigInt(row.duration_ms));
      coverRoyalty(effects, wallet.pins, stretch, covered as Nanos);
      chargeRoyalty(effects, wallet.pins, stretch, BigInt(row.charge) as Nanos);
    }
  });
}

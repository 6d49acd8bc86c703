import type { TransactionSql } from "postgres";
import type { TermsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { type BetaGateMissing, betaGateMissing, isMet } from "@/lib/programs/gates";

/** How far a referrer is toward the gate of the beta program. */
export interface GateProgress {
  accounts: { have: number; need: number };
  spend: { have: Nanos; need: Nanos };
  missing: BetaGateMissing;
  met: boolean;
  /** How long a declined referrer waits before applying again. */
  reapplyMs: bigint;
}

/**
 * Judges the referral-beta gate: enough referred accounts under these terms with any paid spend, and enough of it
 * together. By the newest terms among the referrer's pairs; null when there is no pair under them.
 */
export async function betaGate(
  raw: TransactionSql,
  book: TermsBook,
  referrer: AccountRef,
): Promise<GateProgress | null> {
  const [row] = await raw<{ terms_id: number | null; accounts: string; spend: string }[]>`
    select max(r.terms_id) as terms_id, count(*) filter (where spent.total > 0) as accounts,
           coalesce(sum(spent.total), 0) as spend
      from referrals r
      join wallets w on w.lane = r.lane and w.account_id = r.referred_id
      cross join lateral (select w.spent_pod + w.spent_serverless + w.spent_storage as total) spent
     where r.referrer_id = ${referrer.id} and r.program = 'referral-beta' and r.void_reason is null
       and r.hold is distinct from 'refused'`;
  if (!row || row.terms_id === null) return null;
  await book.loadIds(raw, [row.terms_id]);
  const terms = book.get(row.terms_id);
  if (terms.program !== "referral-beta") throw new Error(`Terms ${row.terms_id} are not those of referral-beta`);
  const accounts = { have: Number(row.accounts), need: terms.gate.accounts };
  const spend = { have: BigInt(row.spend) as Nanos, need: terms.gate.spend };
  const missing = betaGateMissing({ accounts: accounts.have, spend: spend.have }, terms.gate);
  return { accounts, spend, missing, met: isMet(missing), reapplyMs: terms.gate.reapplyMs };
}

/** What is missing, for a person to read; empty when the gate is met. */
export function missingText({ accounts, spend, missing }: GateProgress): string {
  const parts = [
    missing.accounts > 0 ? `${missing.accounts} more of ${accounts.need} referred accounts with paid spend` : null,
    missing.spend > 0n
      ? `${dollarsExact(missing.spend)} more of ${dollarsExact(spend.need)} of their paid spend`
      : null,
  ];
  return parts.filter((each) => each !== null).join(" and ");
}

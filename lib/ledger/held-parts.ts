import type { TransactionSql } from "postgres";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import { type Earning, freshEarning, keyOf } from "./earning";
import { isRoyalty } from "./postings";

/**
 * Commission of a held pair is gathered in a part of its own, which stays pending. Once the pair is held no longer,
 * the part joins the beneficiary's other commission, fractions included, so that the sum is floored as one. A part
 * never falls below zero: what is taken back beyond it had been gathered before the hold.
 * @param earnings by `keyOf`; changed here, other commission added where there was none
 */
export async function joinParts(raw: TransactionSql, earnings: Map<string, Earning>): Promise<void> {
  const parts = [...earnings.values()].filter(
    (each) => each.template !== "" && !isRoyalty(each) && (each.accrued !== 0n || each.pending !== 0n),
  );
  if (parts.length === 0) return;
  const held = await raw<{ id: string }[]>`
    select id from referrals
     where referrer_id in ${raw(parts.map(({ account }) => account.id))} and id in ${raw(parts.map(({ template }) => template))}
       and hold = 'held'`;
  const stillHeld = new Set(held.map(({ id }) => id));
  for (const part of parts) {
    const isHeld = stillHeld.has(part.template);
    if (isHeld && part.accrued >= 0n) continue;
    const rest = restOf(part, earnings);
    rest.accrued += part.accrued;
    part.accrued = 0n;
    if (isHeld) continue;
    rest.pending = (rest.pending + part.pending) as Nanos;
    part.pending = ZERO;
  }
}

function restOf({ account, program }: Earning, earnings: Map<string, Earning>): Earning {
  const key = keyOf({ account_id: account.id, program, template: "" });
  const rest = earnings.get(key) ?? freshEarning(account, { program, template: "" });
  earnings.set(key, rest);
  return rest;
}

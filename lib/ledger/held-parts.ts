import type { TransactionSql } from "postgres";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import { commissionPart, versionOfPart } from "./commission-part";
import { type Earning, freshEarning, keyOf } from "./earning";
import { isRoyalty } from "./postings";
import type { TermsBook } from "./terms-book";

/** The pair whose commission is gathered in a part of its own. */
export interface HeldPart {
  termsId: number;
  /** Whether it still is. */
  isHeld: boolean;
}

/** Reads the pairs behind the parts that hold anything, by their ids, and the terms that limit any of the earnings. */
export async function readHeldParts(
  raw: TransactionSql,
  book: TermsBook,
  earnings: ReadonlyMap<string, Earning>,
): Promise<Map<string, HeldPart>> {
  const commissions = [...earnings.values()].filter((each) => each.template !== "" && !isRoyalty(each));
  const parts = commissions.filter(
    (each) => versionOfPart(each.template) === null && (each.accrued !== 0n || each.pending !== 0n),
  );
  const pairs =
    parts.length === 0
      ? []
      : await raw<{ id: string; terms_id: number; is_held: boolean }[]>`
          select id, terms_id, hold is not distinct from 'held' as is_held from referrals
           where referrer_id in ${raw(parts.map(({ account }) => account.id))}
             and id in ${raw(parts.map(({ template }) => template))}`;
  await book.loadIds(raw, [
    ...new Set([
      ...pairs.map(({ terms_id }) => terms_id),
      ...commissions.flatMap(({ template }) => versionOfPart(template) ?? []),
    ]),
  ]);
  return new Map(pairs.map(({ id, terms_id, is_held }) => [id, { termsId: terms_id, isHeld: is_held }]));
}

/**
 * Commission of a held pair is gathered in a part of its own, which stays pending. Once the pair is held no longer,
 * the part joins the beneficiary's other commission, fractions included, so that the sum is floored as one. A part
 * never falls below zero: what is taken back beyond it had been gathered before the hold.
 * @param earnings by `keyOf`; changed here, other commission added where there was none
 * @param held as `readHeldParts` found them
 */
export function joinParts(book: TermsBook, earnings: Map<string, Earning>, held: ReadonlyMap<string, HeldPart>): void {
  for (const part of [...earnings.values()]) {
    const pair = isRoyalty(part) ? undefined : held.get(part.template);
    if (!pair || (pair.isHeld && part.accrued >= 0n)) continue;
    const rest = restOf(part, commissionPart(book, pair.termsId), earnings);
    rest.accrued += part.accrued;
    part.accrued = 0n;
    if (pair.isHeld) continue;
    rest.pending = (rest.pending + part.pending) as Nanos;
    part.pending = ZERO;
  }
}

function restOf({ account, program }: Earning, template: string, earnings: Map<string, Earning>): Earning {
  const key = keyOf({ account_id: account.id, program, template });
  const rest = earnings.get(key) ?? freshEarning(account, { program, template });
  earnings.set(key, rest);
  return rest;
}

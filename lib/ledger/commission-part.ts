import { type Accrual, floorToNanos } from "@/lib/money/accrual";
import { maxNanos, minNanos, type Nanos, ZERO } from "@/lib/money/nanos";
import type { Earning } from "./earning";
import type { HeldPart } from "./held-parts";
import { isRoyalty } from "./postings";
import type { TermsBook } from "./terms-book";

const VERSION = "version:";

/** Where a pair's commission is gathered: that of terms with a limit apart from the rest, by version. */
export const commissionPart = (book: TermsBook, termsId: number): string =>
  book.commissionMax(termsId) === null ? "" : `${VERSION}${termsId}`;

/** The version whose commission a part is; null for the rest, and for a held pair's. */
export const versionOfPart = (part: string): number | null =>
  part.startsWith(VERSION) ? Number(part.slice(VERSION.length)) : null;

/**
 * Sets the most of each earning that may be posted, pending and released together. Terms limit what one referrer is
 * posted under them; what its pairs in review keep pending comes last, in the order of their ids. What accrued beyond
 * stays accrued, so that less owed later is taken from there first.
 * @param book knows the terms of the parts
 */
export function limitCommission(
  book: TermsBook,
  earnings: Iterable<Earning>,
  held: ReadonlyMap<string, HeldPart>,
): void {
  const rooms = new Map<string, Nanos>();
  const ordered = [...earnings].filter((each) => !isRoyalty(each)).sort(versionsFirst);
  for (const earning of ordered) {
    const { account, program, template } = earning;
    const termsId = versionOfPart(template) ?? held.get(template)?.termsId ?? null;
    const most = termsId === null ? null : book.commissionMax(termsId);
    if (most === null) continue;
    const key = `${account.id}|${program}|${termsId}`;
    const room = rooms.get(key) ?? most;
    earning.most = room;
    const taken = minNanos(maxNanos(ZERO, floorToNanos(earning.accrued as Accrual)), room);
    rooms.set(key, (room - taken) as Nanos);
  }
}

function versionsFirst(a: Earning, b: Earning): number {
  const places = [a, b].map(({ template }) => (versionOfPart(template) === null ? 1 : 0));
  const [first = 0, second = 0] = places;
  return first - second || (a.template < b.template ? -1 : 1);
}

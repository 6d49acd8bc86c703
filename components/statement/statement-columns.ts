import type { ShownPosting } from "./posting";
import { postingTitle } from "./posting-text";

const changed = (bucket: string) => (posting: ShownPosting) =>
  posting.changes.find((each) => each.bucket === bucket)?.change ?? "0";

/** A statement as a table for other programs: exact dollars, instants in ISO 8601. */
export const statementColumns: Readonly<Record<string, (posting: ShownPosting) => string>> = {
  posting: ({ seq }) => seq,
  at: ({ at }) => at,
  kind: ({ kind }) => kind,
  reason: postingTitle,
  change: ({ change }) => change,
  balance: ({ spendableAfter }) => spendableAfter,
  arrears: ({ arrearsAfter }) => arrearsAfter,
  promo: changed("promo"),
  earned: changed("earned"),
  market: changed("market"),
  paid: changed("paid"),
  promo_held: changed("promo.held"),
  pending: changed("pending"),
  debt: changed("debt"),
  cause: ({ cause }) => cause,
};

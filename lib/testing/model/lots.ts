import { least } from "./rules";

/** Credit that came at once, from one source: what is left of it. */
export interface ModelLot {
  bucket: "promo" | "earned";
  source: string;
  left: bigint;
  expiresAtMs: number;
}

/** What was drawn from a lot, for a void to give back. */
export interface DrawnFrom {
  lot: ModelLot;
  amount: bigint;
}

/** In the order they are drawn: what expires soonest first, then the oldest. */
const inOrder = (lots: readonly ModelLot[], bucket: ModelLot["bucket"]): ModelLot[] =>
  lots
    .filter((lot) => lot.bucket === bucket && lot.left > 0n)
    .map((lot, age) => ({ lot, age }))
    .sort((a, b) => (a.lot.expiresAtMs === b.lot.expiresAtMs ? a.age - b.age : a.lot.expiresAtMs - b.lot.expiresAtMs))
    .map(({ lot }) => lot);

/**
 * Takes so much out of a bucket: from the lots of a source first, where one is named, then in the order they are drawn.
 * @throws Error when the bucket has not so much
 */
export function takeFrom(
  lots: readonly ModelLot[],
  bucket: ModelLot["bucket"],
  amount: bigint,
  source: string | null = null,
): DrawnFrom[] {
  if (amount === 0n) return [];
  const all = inOrder(lots, bucket);
  const own = all.filter((lot) => lot.source === source);
  const drawn: DrawnFrom[] = [];
  let missing = amount;
  for (const lot of [...own, ...all]) {
    const part = least(lot.left, missing);
    if (part === 0n) continue;
    lot.left -= part;
    missing -= part;
    drawn.push({ lot, amount: part });
  }
  if (missing > 0n) throw new Error(`The model has ${missing} too little in ${bucket}`);
  return drawn;
}

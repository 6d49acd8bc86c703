import type { EventKey } from "@/lib/ledger/event-keys";
import { type Outcome, rejected } from "./event";

/** What to say of a key that is known already: the same content again, or a conflict. */
export function earlierOutcome(key: EventKey, known: ReadonlyMap<string, bigint>): Outcome | null {
  const digest = known.get(key.text);
  if (digest === undefined) return null;
  return digest === key.digest
    ? { kind: "duplicate" }
    : rejected("conflict", `id ${key.id} of source ${key.source} was sent before with other content`);
}

/** Whether the key of a refused event was taken only by a later one of the same batch: refused ones are not remembered. */
export function cameBeforeItsKey(
  key: string,
  index: number,
  { first, taken }: { first: ReadonlyMap<string, number>; taken: ReadonlySet<string> },
): boolean {
  const winner = taken.has(key) ? first.get(key) : undefined;
  return winner !== undefined && winner > index;
}

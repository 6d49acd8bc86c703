import { z } from "zod";
import { typedAmount } from "@/components/funds/typed-amount";
import type { Nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { text } from "./fields";

const UNREADABLE = "Write an amount in dollars and cents, such as 25 or 25.50.";

/** Dollars as people write them. */
export const Dollars = text(64).transform((typed, context): Nanos => {
  const amount = typedAmount(typed);
  if (amount !== null) return amount;
  context.addIssue({ code: "custom", message: UNREADABLE });
  return z.NEVER;
});

/** The same, or as the API writes them; null where nothing is written. */
export const DollarsOrNone = text(64).transform((typed, context): Nanos | null => {
  if (typed === "") return null;
  const exact = parseAmount(typed);
  const amount = exact.ok ? exact.nanos : typedAmount(typed);
  if (amount !== null) return amount;
  context.addIssue({ code: "custom", message: UNREADABLE });
  return z.NEVER;
});

import { z } from "zod";
import type { Nanos } from "@/lib/money/nanos";
import { typedAmount } from "./typed-amount";

const UNREADABLE = "Write an amount in dollars and cents, such as 25 or 25.50.";

const Dollars = z
  .string()
  .max(64)
  .default("")
  .transform((text, context): Nanos => {
    const read = typedAmount(text);
    if (read !== null) return read;
    context.addIssue({ code: "custom", message: UNREADABLE });
    return z.NEVER;
  });

/** The fields of automatic top-up; bounds are judged where it is set. */
export const TopUpInput = z.object({
  threshold: Dollars,
  mode: z.enum(["amount", "target"]),
  amount: Dollars,
  monthMax: Dollars,
  card: z
    .string()
    .max(255)
    .default("")
    .transform((id) => (id === "" ? null : id)),
});

/** The field of the low-balance alert: empty for none. */
export const AlertInput = z.object({
  lowBelow: z
    .string()
    .max(64)
    .default("")
    .transform((text, context): Nanos | null => {
      if (text.trim() === "") return null;
      const read = typedAmount(text);
      if (read !== null) return read;
      context.addIssue({ code: "custom", message: `${UNREADABLE.slice(0, -1)}, or leave it empty.` });
      return z.NEVER;
    }),
});

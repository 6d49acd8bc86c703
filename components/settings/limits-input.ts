import { z } from "zod";
import { typedAmount } from "@/components/funds/typed-amount";
import type { Nanos } from "@/lib/money/nanos";

const UNREADABLE = "Write an amount in dollars and cents, such as 25 or 25.50, or leave it empty.";

const DollarsOrNone = z
  .string()
  .max(64)
  .default("")
  .transform((text, context): Nanos | null => {
    if (text.trim() === "") return null;
    const read = typedAmount(text);
    if (read !== null) return read;
    context.addIssue({ code: "custom", message: UNREADABLE });
    return z.NEVER;
  });

/** The fields of the limits; bounds are judged where they are set. */
export const LimitsInput = z.object({ dayMax: DollarsOrNone, monthMax: DollarsOrNone });

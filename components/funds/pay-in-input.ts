import { z } from "zod";
import type { Nanos } from "@/lib/money/nanos";
import { OTHER } from "./pay-in-state";
import { typedAmount } from "./typed-amount";

const UNREADABLE = "Write an amount in dollars and cents, such as 25 or 25.50.";

interface PayIn {
  amount: Nanos;
  attempt: string;
  keepsCard: boolean;
}

/** The fields of the form: a preset, or another amount. Bounds are judged where the payment is opened. */
export const PayInInput = z
  .object({
    choice: z.string().max(16).default(OTHER),
    amount: z.string().max(64).default(""),
    attempt: z.string().max(64),
    keep: z.string().max(8).default(""),
  })
  .transform(({ choice, amount, attempt, keep }, context): PayIn => {
    const read = typedAmount(choice === OTHER ? amount : choice);
    if (read !== null) return { amount: read, attempt, keepsCard: keep === "on" };
    context.addIssue({ code: "custom", path: ["amount"], message: UNREADABLE });
    return z.NEVER;
  });

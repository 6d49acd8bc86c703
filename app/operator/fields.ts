import { z } from "zod";
import { printable } from "@/lib/services/names";

/** A text that Postgres can hold and people can read. */
export const text = (lengthMax: number) =>
  z.string().trim().max(lengthMax, "This is too long.").regex(printable, "Write it without control characters.");

export const Reason = text(500).min(1, "Write why: it is kept with the act.");

/** Which of two ways a form's decision goes. */
export const decision = <Yes extends string, No extends string>(yes: Yes, no: No) =>
  z.enum([yes, no], "Choose one of the two.");

import { z } from "@hono/zod-openapi";
import type { Nanos } from "@/lib/money/nanos";
import { parseAmount, parseQuantity } from "@/lib/money/parse";
import { services } from "@/lib/programs/account";
import { readInstant } from "@/lib/services/instant";
import { namePattern, printable } from "@/lib/services/names";

export const Name = z
  .string()
  .regex(namePattern, "must be 1 to 128 characters of A–Z a–z 0–9 . _ : @ ~ -")
  .openapi({ example: "cust_42" });

export const Label = z.string().min(1).max(256).regex(printable, "must not contain control characters");

export const Sentence = z.string().min(1).max(1_000).regex(printable, "must not contain control characters");

/** Dollars as a decimal string; read as nano-dollars. */
export const Amount = z
  .string('must be a string of dollars, such as "0.34"')
  .transform((text, context): Nanos => {
    const parsed = parseAmount(text);
    if (parsed.ok) return parsed.nanos;
    context.addIssue({ code: "custom", message: parsed.message });
    return z.NEVER;
  })
  .openapi({
    type: "string",
    pattern: "^[0-9]+(\\.[0-9]{1,9})?$",
    example: "18.144",
    description: "Dollars, up to nine digits after the point.",
  });

/** GPUs or GB; read as thousandths. */
export const Quantity = z
  .union([z.string(), z.number()], "must be a number or a string of digits")
  .transform((value, context): bigint => {
    const parsed = parseQuantity(value);
    if (parsed.ok) return parsed.milli;
    context.addIssue({ code: "custom", message: parsed.message });
    return z.NEVER;
  })
  .openapi({
    type: ["string", "number"],
    example: "1",
    description: "GPUs or GB, with at most three digits after the point; 1 when absent.",
  });

export const Instant = z
  .string("must be RFC 3339 with an offset")
  .transform((text, context): Date => {
    const at = readInstant(text);
    if (at !== null) return new Date(at);
    context.addIssue({ code: "custom", message: "must be RFC 3339 with an offset, such as 2026-11-21T10:00:00.000Z" });
    return z.NEVER;
  })
  .openapi({ type: "string", format: "date-time" });

export const Service = z.enum(services);

export const Limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(1_000)
  .default(100)
  .openapi({ type: "integer", minimum: 1, maximum: 1_000, default: 100 });

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi("Problem");

/** Every call may answer a problem; what it says is in `detail` and `errors`. */
export const problems = {
  default: {
    description: "What is wrong and what to do",
    content: { "application/problem+json": { schema: Problem } },
  },
} as const;

export const answers = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

export const page = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), next: z.string().nullable() });

export const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { "application/json": { schema } },
});

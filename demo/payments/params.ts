import type { Context } from "hono";
import { z } from "zod";
import { type Acted, keyed, problemOf } from "./answers";
import { readForm } from "./form";
import type { Till } from "./till";

export const Url = z.string().regex(/^https?:\/\/\S+$/, "must be an http or https address");
export const Digits = z
  .string()
  .regex(/^[0-9]{1,8}$/, "must be a whole number of at most eight digits")
  .transform(Number);
export const Metadata = z.record(z.string().max(40), z.string().max(500)).default({});

/** What Stripe charges at least. */
export const CENTS_MIN = 50;
export const tooSmall: Acted = {
  refused: { code: "amount_too_small", message: "The amount must be at least 50 cents." },
};

/** For a parameter that names what does not exist. */
export const unknown = (what: string, param: string, id: string): Acted => ({
  refused: { code: "resource_missing", param, message: `No such ${what}: '${id}'` },
});

interface Making<T> {
  till: Till;
  params: z.ZodType<T>;
  run: (params: T) => Acted;
}

/** Answers a POST once for each idempotency key; parameters it does not know are refused, as Stripe's API does. */
export const made = <T>(c: Context, { till, params, run }: Making<T>): Promise<Response> =>
  keyed(c, till.store, (body) => {
    const read = params.safeParse(readForm(body));
    return read.success ? run(read.data) : { refused: problemOf(read.error) };
  });

/** What a query's `expand[]` names. */
export function expandedBy(c: Context): string[] {
  const { expand } = readForm(new URL(c.req.url).search);
  return Array.isArray(expand) ? expand.filter((name) => typeof name === "string") : [];
}

import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import type { Context } from "@/lib/services/context";
import type { Result } from "@/lib/services/result";
import { context } from "./context";
import { type CurrentAccount, currentAccount, signInPath } from "./current-account";
import { parseForm, refusedState } from "./form-input";
import type { FormState } from "./form-state";
import { isFromHere, publicOrigin } from "./public-origin";

export interface FormRequest<Input> {
  ctx: Context;
  /** Who sent it: from the session, never from the form. */
  account: CurrentAccount;
  input: Input;
}

/**
 * A server action for `useActionState`: refuses what another site sent, asks who is signed in, reads the fields by
 * `schema`, runs `run`, and says what came of it. Nobody signed in: off to the sign-in page, which says that nothing was
 * done, and back to the form's page. Bugs are thrown; Next hides their message from the browser.
 * @param said the sentence shown after success.
 */
export function formAction<Input, Value>(
  schema: z.ZodType<Input>,
  run: (request: FormRequest<Input>) => Promise<Result<Value>>,
  said: string | ((value: Value) => string),
): (previous: FormState, form: FormData) => Promise<FormState> {
  return async (_previous, form) => {
    const foreign = await foreignRequest();
    if (foreign) return foreign;
    const account = await currentAccount();
    if (!account) redirect(signInPath((await headers()).get("referer"), "NotSent"));
    const parsed = parseForm(schema, form);
    if (!parsed.ok) return parsed.state;
    const result = await run({ ctx: context(), account, input: parsed.input });
    if (!result.ok) return refusedState(result.problem);
    return { ok: true, message: typeof said === "string" ? said : said(result.value), fields: {} };
  };
}

/** Null for a form of ours. Next itself lets a request pass that names no origin at all. */
export async function foreignRequest(): Promise<FormState | null> {
  const origin = publicOrigin();
  if (isFromHere((await headers()).get("origin"), origin)) return null;
  const message = `Nothing was done: this was not sent from a page of ${origin}. Open that address and try again there.`;
  return { ok: false, message, fields: {} };
}

import { redirect } from "next/navigation";
import type { z } from "zod";
import type { ActAction, ActState } from "@/components/operator/act-state";
import type { Context } from "@/lib/services/context";
import type { Problem, Result } from "@/lib/services/result";
import { context } from "@/lib/session/context";
import { requireOperatorFor } from "@/lib/session/current-operator";
import { foreignRequest } from "@/lib/session/form-action";
import { parseForm, refusedState } from "@/lib/session/form-input";

interface OperatorForm<Input, Value> {
  /** What the audit log calls it, when somebody who is no operator sends it. */
  act: string;
  schema: z.ZodType<Input>;
  run: (request: { ctx: Context; actor: string; input: Input }) => Promise<Result<Value>>;
  /** The page that says what was done. */
  next: (value: Value) => string;
}

const SIGN_IN_AGAIN =
  "You signed in more than 12 hours ago. Sign out, sign in again, and send it once more: nothing was done.";

/**
 * A server action of the operator area: refuses what another site sent, asks the database whether an operator sent it,
 * reads the fields, runs the verb, and goes to the page that says what was done; or back with what is wrong and what
 * was typed.
 */
export function operatorAction<Input, Value>({ act, schema, run, next }: OperatorForm<Input, Value>): ActAction {
  return async (_previous, form) => {
    const typed = typedIn(form);
    const foreign = await foreignRequest();
    if (foreign) return { ...foreign, typed };
    const operator = await requireOperatorFor(act);
    if (!operator) return { ...refusedState({ code: "out_of_order", detail: SIGN_IN_AGAIN }), typed };
    const parsed = parseForm(schema, form);
    if (!parsed.ok) return { ...parsed.state, typed };
    const result = await run({ ctx: context(), actor: operator.email, input: parsed.input });
    if (!result.ok) return { ...refusedState(asSentence(result.problem)), typed };
    redirect(next(result.value));
  };
}

function typedIn(form: FormData): ActState["typed"] {
  const texts = [...form].flatMap(([name, value]) =>
    typeof value === "string" && !name.startsWith("$") ? [[name, value] as const] : [],
  );
  return Object.fromEntries(texts);
}

const asSentence = ({ detail, ...rest }: Problem): Problem => ({
  ...rest,
  detail: `${detail.charAt(0).toUpperCase()}${detail.slice(1)}${/[.!?]$/.test(detail) ? "" : "."}`,
});

import { redirect } from "next/navigation";
import type { z } from "zod";
import type { ActAction, ActState, SecretAction } from "@/components/operator/act-state";
import type { Context } from "@/lib/services/context";
import type { Problem, Result } from "@/lib/services/result";
import { context } from "@/lib/session/context";
import { requireOperatorFor } from "@/lib/session/current-operator";
import { foreignRequest } from "@/lib/session/form-action";
import { parseForm, refusedState } from "@/lib/session/form-input";

interface OperatorAct<Input, Value> {
  /** What the audit log calls it, when somebody who is no operator sends it. */
  act: string;
  schema: z.ZodType<Input>;
  run: (request: { ctx: Context; actor: string; input: Input }) => Promise<Result<Value>>;
}

interface OperatorForm<Input, Value> extends OperatorAct<Input, Value> {
  /** The page that says what was done. */
  next: (value: Value) => string;
}

interface OperatorAnswer<Input, Value> extends OperatorAct<Input, Value> {
  /** The sentence shown after success, and what is shown this once. */
  said: (value: Value) => { message: string; secret: string };
}

const SIGN_IN_AGAIN =
  "You signed in more than 12 hours ago. Sign out, sign in again, and send it once more: nothing was done.";

/**
 * A server action of the operator area: refuses what another site sent, asks the database whether an operator sent it,
 * reads the fields, runs the verb, and goes to the page that says what was done; or back with what is wrong and what
 * was typed.
 */
export function operatorAction<Input, Value>({ next, ...act }: OperatorForm<Input, Value>): ActAction {
  return async (_previous, form) => {
    const result = await perform(act, form);
    if (!result.ok) return result.state;
    redirect(next(result.value));
  };
}

/** The same, for what must not stand in an address: it is in the answer to the form, and nowhere else. */
export function operatorAnswer<Input, Value>({ said, ...act }: OperatorAnswer<Input, Value>): SecretAction {
  return async (_previous, form) => {
    const result = await perform(act, form);
    return result.ok ? { ok: true, fields: {}, typed: {}, ...said(result.value) } : { ...result.state, secret: "" };
  };
}

type Performed<Value> = { ok: true; value: Value } | { ok: false; state: ActState };

async function perform<Input, Value>(
  { act, schema, run }: OperatorAct<Input, Value>,
  form: FormData,
): Promise<Performed<Value>> {
  const typed = typedIn(form);
  const back = (state: Omit<ActState, "typed">): Performed<Value> => ({ ok: false, state: { ...state, typed } });
  const foreign = await foreignRequest();
  if (foreign) return back(foreign);
  const operator = await requireOperatorFor(act);
  if (!operator) return back(refusedState({ code: "out_of_order", detail: SIGN_IN_AGAIN }));
  const parsed = parseForm(schema, form);
  if (!parsed.ok) return back(parsed.state);
  const result = await run({ ctx: context(), actor: operator.email, input: parsed.input });
  return result.ok ? { ok: true, value: result.value } : back(refusedState(asSentence(result.problem)));
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

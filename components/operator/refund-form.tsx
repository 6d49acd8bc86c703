"use client";

import { useActionState } from "react";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActAction, unsentAct } from "./act-state";
import type { AloneLimit } from "./alone-hint";
import { AmountField } from "./amount-field";
import { ReasonField } from "./reason-field";

interface RefundableDeposit {
  reference: string;
  /** Exact decimal dollars. */
  amount: string;
  refundable: string;
  /** ISO 8601 */
  at: string;
}

interface RefundFormProps {
  action: ActAction;
  /** Names this showing of the form: sent twice, it gives back once. */
  attempt: string;
  account: string;
  /** Not empty. */
  deposits: readonly RefundableDeposit[];
  limit: AloneLimit;
}

/** Which deposit of an account, how much of it, and why. */
export function RefundForm({ action, attempt, account, deposits, limit }: RefundFormProps) {
  const only = deposits.length === 1 ? (deposits[0]?.reference ?? "") : "";
  const [state, send, isSending] = useActionState(action, unsentAct({ deposit: only }));
  return (
    <form action={send} className="grid max-w-xl gap-4">
      <input type="hidden" name="attempt" value={attempt} />
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium text-sm">Deposit of {account}</legend>
        {deposits.map(({ reference, amount, refundable, at }) => (
          <label
            key={reference}
            className="flex min-h-10 cursor-pointer items-baseline gap-3 rounded-sm border border-edge bg-raised px-3 py-2 has-checked:border-accent"
          >
            <input type="radio" name="deposit" value={reference} defaultChecked={reference === state.typed.deposit} />
            <span className="min-w-0">
              <Money amount={refundable} /> of <Money amount={amount} /> unspent, paid <Instant at={at} />
              <span className="wrap-anywhere block text-muted text-xs">{reference}</span>
            </span>
          </label>
        ))}
        {state.fields.deposit && <p className="text-danger text-sm">{state.fields.deposit}</p>}
      </fieldset>
      <AmountField state={state} isSending={isSending} limit={limit} what="is given back" />
      <ReasonField state={state} isSending={isSending} hint="The customer reads it in their statement." />
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Giving back…">Give back</SubmitButton>
      </div>
    </form>
  );
}

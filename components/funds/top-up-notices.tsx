"use client";

import { useActionState } from "react";
import { Money } from "@/components/money";
import { ButtonLink } from "@/components/ui/button-link";
import { FormMessage } from "@/components/ui/form-message";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FundsAction, type FundsState, unsent } from "./form-shape";

interface AskedProps {
  topUp: { id: string /** Exact decimal dollars. */; amount: string };
  confirm: FundsAction<FundsState>;
}

/** A payment that waits for its card's owner: the way to their bank's page. */
export function TopUpAsked({ topUp, confirm }: AskedProps) {
  const [state, send] = useActionState(confirm, unsent);
  return (
    <Notice look="warn" title="Your bank wants you to confirm a top-up">
      <p>
        <Money amount={topUp.amount} /> are charged when you confirm, and not before. After a day the top-up is given
        up.
      </p>
      <form action={send} className="mt-3 grid gap-3">
        <input type="hidden" name="topUp" value={topUp.id} />
        <FormMessage state={state} />
        <div>
          <SubmitButton small pending="Opening your bank's page…">
            Confirm the top-up
          </SubmitButton>
        </div>
      </form>
    </Notice>
  );
}

/** Nothing is charged any more, and why. */
export function TopUpSuspended({ reason, link = false }: { reason: string; link?: boolean }) {
  return (
    <Notice
      look="danger"
      title="Automatic top-up is suspended"
      action={
        link ? (
          <ButtonLink href="/funds#top-up" small>
            Look at it
          </ButtonLink>
        ) : undefined
      }
    >
      {reason} Nothing is charged any more. Save another card if it needs one, then turn it on again on the funds page.
    </Notice>
  );
}

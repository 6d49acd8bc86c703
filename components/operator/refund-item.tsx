import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { AccountLink } from "./account-link";
import type { ActAction } from "./act-state";
import { Decide } from "./decide";
import { DecisionForm } from "./decision-form";

export interface ShownRefund {
  reference: string;
  account: { id: string; externalId: string };
  /** The deposit it is of. */
  deposit: string;
  /** Exact decimal dollars. */
  amount: string;
  reason: string;
  requestedBy: string;
  /** ISO 8601 */
  requestedAt: string;
  state: "waiting" | "sending" | "sent" | "failed" | "declined";
  decidedBy: string | null;
  decisionReason: string | null;
  /** The provider's word where it failed. */
  problem: string | null;
}

interface RefundItemProps {
  refund: ShownRefund;
  /** Whether the reader asked for it: then somebody else decides. */
  isOwn: boolean;
  action: ActAction;
}

/** A refund that waits for a second operator. */
export function RefundItem({ refund, isOwn, action }: RefundItemProps) {
  const { reference, account, deposit, amount, reason, requestedBy, requestedAt } = refund;
  return (
    <li className="border-line border-b py-3 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium">
          <Money amount={amount} size="md" /> back to <AccountLink account={account} />
        </h3>
        <p className="text-muted text-sm">
          <Instant at={requestedAt} />
        </p>
      </div>
      <p className="wrap-anywhere text-muted text-xs">{deposit}</p>
      <p className="mt-1 text-sm">
        {reason} <span className="wrap-anywhere text-muted">({requestedBy})</span>
      </p>
      {isOwn ? (
        <p className="mt-2 text-muted text-sm">You asked for it: a second operator decides.</p>
      ) : (
        <Decide about={`the refund to ${account.externalId}`}>
          <DecisionForm
            action={action}
            id={reference}
            legend="This refund"
            choices={[
              { value: "approve", label: "Approve" },
              { value: "decline", label: "Decline" },
            ]}
            reasonHint="For the audit log. The customer reads the reason above."
          />
        </Decide>
      )}
    </li>
  );
}

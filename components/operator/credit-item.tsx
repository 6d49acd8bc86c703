import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { AccountLink } from "./account-link";
import type { ActAction } from "./act-state";
import { bucketLabels } from "./bucket-labels";
import { Decide } from "./decide";
import { DecisionForm } from "./decision-form";

export interface ShownCredit {
  reference: string;
  account: { id: string; externalId: string };
  bucket: "promo" | "earned";
  /** Exact decimal dollars. */
  amount: string;
  reason: string;
  requestedBy: string;
  /** ISO 8601 */
  requestedAt: string;
  state: "waiting" | "granted" | "declined";
  decidedBy: string | null;
  decisionReason: string | null;
}

interface CreditItemProps {
  credit: ShownCredit;
  /** Whether the reader asked for it: then somebody else decides. */
  isOwn: boolean;
  action: ActAction;
}

/** Credit that waits for a second operator. */
export function CreditItem({ credit, isOwn, action }: CreditItemProps) {
  const { reference, account, bucket, amount, reason, requestedBy, requestedAt } = credit;
  return (
    <li className="border-line border-b py-3 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium">
          <Money amount={amount} size="md" /> of {bucketLabels[bucket].toLowerCase()} credit to{" "}
          <AccountLink account={account} />
        </h3>
        <p className="text-muted text-sm">
          <Instant at={requestedAt} />
        </p>
      </div>
      <p className="mt-1 text-sm">
        {reason} <span className="wrap-anywhere text-muted">({requestedBy})</span>
      </p>
      {isOwn ? (
        <p className="mt-2 text-muted text-sm">You asked for it: a second operator decides.</p>
      ) : (
        <Decide about={`the credit to ${account.externalId}`}>
          <DecisionForm
            action={action}
            id={reference}
            legend="This credit"
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

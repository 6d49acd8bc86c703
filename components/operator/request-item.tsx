import type { ReactNode } from "react";
import { Instant } from "@/components/instant";
import type { ActAction } from "./act-state";
import { Decide } from "./decide";
import { DecisionForm } from "./decision-form";

/** What an operator did with money, or asked a second one for. */
export interface ShownRequest {
  reference: string;
  account: { id: string; externalId: string };
  /** Exact decimal dollars. */
  amount: string;
  reason: string;
  requestedBy: string;
  /** ISO 8601 */
  requestedAt: string;
  decidedBy: string | null;
  decisionReason: string | null;
}

interface RequestItemProps {
  request: ShownRequest;
  /** What is asked for, with its amount. */
  title: ReactNode;
  note?: string;
  /** In running text: "credit". */
  noun: string;
  /** Whether the reader asked for it: then somebody else decides. */
  isOwn: boolean;
  action: ActAction;
}

/** What waits for a second operator. */
export function RequestItem({ request, title, note, noun, isOwn, action }: RequestItemProps) {
  const { reference, account, reason, requestedBy, requestedAt } = request;
  return (
    <li className="border-line border-b py-3 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium">{title}</h3>
        <p className="text-muted text-sm">
          <Instant at={requestedAt} />
        </p>
      </div>
      {note && <p className="wrap-anywhere text-muted text-xs">{note}</p>}
      <p className="mt-1 text-sm">
        {reason} <span className="wrap-anywhere text-muted">({requestedBy})</span>
      </p>
      {isOwn ? (
        <p className="mt-2 text-muted text-sm">You asked for it: a second operator decides.</p>
      ) : (
        <Decide about={`the ${noun} to ${account.externalId}`}>
          <DecisionForm
            action={action}
            id={reference}
            legend={`This ${noun}`}
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

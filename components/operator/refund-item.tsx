import { Money } from "@/components/money";
import { AccountLink } from "./account-link";
import type { ActAction } from "./act-state";
import { RequestItem, type ShownRequest } from "./request-item";

export interface ShownRefund extends ShownRequest {
  /** The deposit it is of. */
  deposit: string;
  state: "waiting" | "sending" | "sent" | "failed" | "declined";
  /** The provider's word where it failed. */
  problem: string | null;
}

/** A refund that waits for a second operator. */
export function RefundItem({ refund, ...rest }: { refund: ShownRefund; isOwn: boolean; action: ActAction }) {
  const title = (
    <>
      <Money amount={refund.amount} size="md" /> back to <AccountLink account={refund.account} />
    </>
  );
  return <RequestItem request={refund} title={title} note={refund.deposit} noun="refund" {...rest} />;
}

import { Money } from "@/components/money";
import { AccountLink } from "./account-link";
import type { ActAction } from "./act-state";
import { bucketLabels } from "./bucket-labels";
import { RequestItem, type ShownRequest } from "./request-item";

export interface ShownCredit extends ShownRequest {
  bucket: "promo" | "earned";
  state: "waiting" | "granted" | "declined";
}

/** Credit that waits for a second operator. */
export function CreditItem({ credit, ...rest }: { credit: ShownCredit; isOwn: boolean; action: ActAction }) {
  const title = (
    <>
      <Money amount={credit.amount} size="md" /> of {bucketLabels[credit.bucket].toLowerCase()} credit to{" "}
      <AccountLink account={credit.account} />
    </>
  );
  return <RequestItem request={credit} title={title} noun="credit" {...rest} />;
}

import { Badge } from "@/components/ui/badge";
import { bucketLabels } from "./bucket-labels";
import type { ShownCredit } from "./credit-item";
import { RequestTable } from "./request-table";

/** Credit given by hand, or declined, the latest first. */
export function CreditTable({ credits }: { credits: readonly ShownCredit[] }) {
  return (
    <RequestTable
      caption="Credit by hand, the latest first"
      requests={credits}
      amountNote={({ bucket }) => bucketLabels[bucket]}
      outcome={({ state }) => (
        <Badge tone={state === "granted" ? "good" : "plain"}>{state === "granted" ? "Given" : "Declined"}</Badge>
      )}
    />
  );
}

import { Badge } from "@/components/ui/badge";
import type { ShownRefund } from "./refund-item";
import { RequestTable } from "./request-table";

const outcomes: Record<ShownRefund["state"], { label: string; tone: "good" | "plain" }> = {
  waiting: { label: "Waiting", tone: "plain" },
  sending: { label: "Being sent", tone: "plain" },
  sent: { label: "Given back", tone: "good" },
  failed: { label: "Failed", tone: "plain" },
  declined: { label: "Declined", tone: "plain" },
};

/** Refunds that were given, failed or were declined, the latest first. */
export function RefundTable({ refunds }: { refunds: readonly ShownRefund[] }) {
  return (
    <RequestTable
      caption="Refunds by hand, the latest first"
      requests={refunds}
      outcome={({ state, problem }) => (
        <>
          <Badge tone={outcomes[state].tone}>{outcomes[state].label}</Badge>
          {problem && <span className="block min-w-32 text-muted text-xs">{problem}</span>}
        </>
      )}
    />
  );
}

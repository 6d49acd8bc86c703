import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import { AccountLink } from "./account-link";
import type { ShownRefund } from "./refund-item";

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
    <Table caption="Refunds by hand, the latest first">
      <thead>
        <tr>
          <Th>Account</Th>
          <Th numeric>Amount</Th>
          <Th>Outcome</Th>
          <Th>Asked</Th>
          <Th>By whom, and why</Th>
        </tr>
      </thead>
      <tbody>
        {refunds.map((refund) => (
          <tr key={refund.reference}>
            <Th scope="row" className="min-w-32 align-baseline font-normal">
              <AccountLink account={refund.account} />
            </Th>
            <Td numeric>
              <Money amount={refund.amount} />
            </Td>
            <Td>
              <Badge tone={outcomes[refund.state].tone}>{outcomes[refund.state].label}</Badge>
              {refund.problem && <span className="block min-w-32 text-muted text-xs">{refund.problem}</span>}
            </Td>
            <Td>
              <Instant at={refund.requestedAt} />
            </Td>
            <Td className="min-w-56 break-words">
              {refund.requestedBy}: {refund.reason}
              {refund.decidedBy && (
                <span className="block text-muted">
                  {refund.decidedBy}: {refund.decisionReason}
                </span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import { AccountLink } from "./account-link";
import { bucketLabels } from "./bucket-labels";
import type { ShownCredit } from "./credit-item";

/** Credit given by hand, or declined, the latest first. */
export function CreditTable({ credits }: { credits: readonly ShownCredit[] }) {
  return (
    <Table caption="Credit by hand, the latest first">
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
        {credits.map((credit) => (
          <tr key={credit.reference}>
            <Th scope="row" className="min-w-32 align-baseline font-normal">
              <AccountLink account={credit.account} />
            </Th>
            <Td numeric>
              <Money amount={credit.amount} />
              <span className="block text-muted text-xs">{bucketLabels[credit.bucket]}</span>
            </Td>
            <Td>
              <Badge tone={credit.state === "granted" ? "good" : "plain"}>
                {credit.state === "granted" ? "Given" : "Declined"}
              </Badge>
            </Td>
            <Td>
              <Instant at={credit.requestedAt} />
            </Td>
            <Td className="min-w-56 break-words">
              {credit.requestedBy}: {credit.reason}
              {credit.decidedBy && (
                <span className="block text-muted">
                  {credit.decidedBy}: {credit.decisionReason}
                </span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

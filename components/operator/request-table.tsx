import type { ReactNode } from "react";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";
import { AccountLink } from "./account-link";
import type { ShownRequest } from "./request-item";

interface RequestTableProps<Request> {
  caption: string;
  requests: readonly Request[];
  /** What stands under the amount. */
  amountNote?: (request: Request) => ReactNode;
  outcome: (request: Request) => ReactNode;
}

/** What operators did by hand, and why: credit or refunds, the latest first. */
export function RequestTable<Request extends ShownRequest>(props: RequestTableProps<Request>) {
  const { caption, requests, amountNote, outcome } = props;
  return (
    <Table caption={caption}>
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
        {requests.map((request) => (
          <tr key={request.reference}>
            <Th scope="row" className="min-w-32 align-baseline font-normal">
              <AccountLink account={request.account} />
            </Th>
            <Td numeric>
              <Money amount={request.amount} />
              {amountNote && <span className="block text-muted text-xs">{amountNote(request)}</span>}
            </Td>
            <Td>{outcome(request)}</Td>
            <Td>
              <Instant at={request.requestedAt} />
            </Td>
            <Td className="min-w-56 break-words">
              {request.requestedBy}: {request.reason}
              {request.decidedBy && (
                <span className="block text-muted">
                  {request.decidedBy}: {request.decisionReason}
                </span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

import { Instant } from "@/components/instant";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import { AccountLink } from "./account-link";

interface Decided {
  reference: string;
  account: { id: string; externalId: string };
  state: "submitted" | "accepted" | "declined";
  /** ISO 8601 */
  decidedAt: string | null;
  reason: string | null;
}

/** What was said about applications, the latest first. */
export function DecidedApplications({ applications }: { applications: readonly Decided[] }) {
  return (
    <Table caption="Decided applications, the latest first">
      <thead>
        <tr>
          <Th>Referrer</Th>
          <Th>Outcome</Th>
          <Th>Decided</Th>
          <Th>Reason</Th>
        </tr>
      </thead>
      <tbody>
        {applications.map(({ reference, account, state, decidedAt, reason }) => (
          <tr key={reference}>
            <Th scope="row" className="align-baseline font-normal">
              <AccountLink account={account} />
            </Th>
            <Td>
              <Badge tone={state === "accepted" ? "good" : "plain"}>
                {state === "accepted" ? "Accepted" : "Declined"}
              </Badge>
            </Td>
            <Td>{decidedAt && <Instant at={decidedAt} />}</Td>
            <Td className="min-w-48 break-words">{reason}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

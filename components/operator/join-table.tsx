import { Instant } from "@/components/instant";
import { Digest } from "@/components/ui/digest";
import { Table, Td, Th } from "@/components/ui/table";
import { AccountLink } from "./account-link";

interface Join {
  id: string;
  clusterId: string;
  account: { id: string; externalId: string };
  joinedBy: string;
  /** ISO 8601 */
  since: string;
  reason: string;
}

/** Accounts that were joined, the latest first. */
export function JoinTable({ joins }: { joins: readonly Join[] }) {
  return (
    <Table caption="Joined accounts, the latest first">
      <thead>
        <tr>
          <Th>Account</Th>
          <Th>Cluster</Th>
          <Th>Since</Th>
          <Th>By whom, and why</Th>
        </tr>
      </thead>
      <tbody>
        {joins.map(({ id, clusterId, account, joinedBy, since, reason }) => (
          <tr key={id}>
            <Th scope="row" className="min-w-32 align-baseline font-normal">
              <AccountLink account={account} />
            </Th>
            <Td className="min-w-40">
              <Digest>{clusterId}</Digest>
            </Td>
            <Td>
              <Instant at={since} />
            </Td>
            <Td className="min-w-48 break-words">
              {joinedBy}: {reason}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

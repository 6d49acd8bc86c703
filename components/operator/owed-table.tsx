import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";
import { AccountLink } from "./account-link";

interface OwedTableProps {
  accounts: readonly { account: { id: string; externalId: string }; owed: string; closedAt: string }[];
}

/** Closed accounts whose owners have not got their money back, the longest waiting first. */
export function OwedTable({ accounts }: OwedTableProps) {
  return (
    <Table caption="Closed accounts that are owed money">
      <thead>
        <tr>
          <Th>Account</Th>
          <Th numeric>Owed</Th>
          <Th>Closed</Th>
          <Th>
            <span className="sr-only">What to do</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {accounts.map(({ account, owed, closedAt }) => (
          <tr key={account.id}>
            <Th scope="row" className="min-w-32 align-baseline font-normal">
              <AccountLink account={account} />
            </Th>
            <Td numeric>
              <Money amount={owed} />
            </Td>
            <Td>
              <Instant at={closedAt} />
            </Td>
            <Td>
              <Link href={`/operator/refunds?${new URLSearchParams({ account: account.externalId })}`} className="link">
                Show deposits
                <span className="sr-only"> of {account.externalId}</span>
              </Link>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

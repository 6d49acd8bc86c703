import { Instant } from "@/components/instant";
import { Table, Td, Th } from "@/components/ui/table";
import { AccountLink } from "./account-link";

interface Account {
  id: string;
  externalId: string;
  name: string | null;
  email: string | null;
  status: "active" | "held" | "closed";
  /** ISO 8601 */
  signedUpAt: string;
}

/** Accounts that were found. */
export function AccountTable({ accounts }: { accounts: readonly Account[] }) {
  return (
    <Table caption="Accounts found">
      <thead>
        <tr>
          <Th>Account</Th>
          <Th>Name</Th>
          <Th>E-mail</Th>
          <Th>Signed up</Th>
          <Th>Status</Th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <Th scope="row" className="min-w-32 font-normal">
              <AccountLink account={account} />
            </Th>
            <Td>{account.name ?? <span className="text-muted">none</span>}</Td>
            <Td className="wrap-anywhere min-w-44">{account.email ?? <span className="text-muted">none</span>}</Td>
            <Td>
              <Instant at={account.signedUpAt} precision="day" />
            </Td>
            <Td>{account.status}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

import { Instant } from "@/components/instant";
import { Table, Td, Th } from "@/components/ui/table";

interface OperatorRow {
  email: string;
  addedBy: string;
  /** ISO 8601 */
  addedAt: string;
  /** Null for somebody who never signed in. */
  signsInWith: string | null;
}

/** Who may act for the platform. */
export function OperatorTable({ operators }: { operators: readonly OperatorRow[] }) {
  return (
    <Table caption="Operators">
      <thead>
        <tr>
          <Th>E-mail</Th>
          <Th>Since</Th>
          <Th>Added by</Th>
          <Th>Signs in with</Th>
        </tr>
      </thead>
      <tbody>
        {operators.map(({ email, addedBy, addedAt, signsInWith }) => (
          <tr key={email}>
            <Th scope="row" className="wrap-anywhere min-w-44 font-normal">
              {email}
            </Th>
            <Td>
              <Instant at={addedAt} />
            </Td>
            <Td>{addedBy}</Td>
            <Td>{signsInWith ?? <span className="text-muted">not signed in yet</span>}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

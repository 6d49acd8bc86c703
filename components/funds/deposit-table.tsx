import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Digest } from "@/components/ui/digest";
import { Table, Td, Th } from "@/components/ui/table";

interface Deposit {
  reference: string;
  /** Exact decimal dollars. */
  amount: string;
  method: "invoice" | "card" | "crypto";
  /** ISO 8601 */
  at: string;
}

const methods: Record<Deposit["method"], string> = { card: "Card", crypto: "Stablecoin", invoice: "Invoice" };

/** Money received, the latest first. */
export function DepositTable({ deposits }: { deposits: readonly Deposit[] }) {
  return (
    <Table caption="Deposits, the latest first">
      <thead>
        <tr>
          <Th>Paid</Th>
          <Th numeric>Amount</Th>
          <Th>By</Th>
          <Th>Reference</Th>
        </tr>
      </thead>
      <tbody>
        {deposits.map(({ reference, amount, method, at }) => (
          <tr key={reference}>
            <Th scope="row" className="align-baseline font-normal">
              <Instant at={at} />
            </Th>
            <Td numeric>
              <Money amount={amount} />
            </Td>
            <Td>{methods[method]}</Td>
            <Td className="min-w-40">
              <Digest>{reference}</Digest>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

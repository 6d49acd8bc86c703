import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Digest } from "@/components/ui/digest";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";

interface Deposit {
  reference: string;
  /** Exact decimal dollars. */
  amount: string;
  /** Refunded or charged back, less what was returned. */
  reversed: string;
  method: "invoice" | "card" | "crypto";
  /** ISO 8601 */
  at: string;
  /** The number of its receipt. */
  receipt: string;
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
          <Th>Receipt</Th>
          <Th>By</Th>
          <Th>Reference</Th>
        </tr>
      </thead>
      <tbody>
        {deposits.map(({ reference, amount, reversed, method, at, receipt }) => (
          <tr key={reference}>
            {/* On two lines where the screen is narrow: the receipt is in sight then. */}
            <Th scope="row" className="align-baseline font-normal max-sm:min-w-24 max-sm:*:whitespace-normal">
              <Instant at={at} />
            </Th>
            <Td numeric>
              <Money amount={amount} />
              {reversed !== "0" && (
                <span className="block text-warning text-xs">
                  <Money amount={reversed} /> taken back
                </span>
              )}
            </Td>
            <Td className="whitespace-nowrap">
              <Link className="link" href={`/funds/receipts/${receipt}`}>
                {receipt}
              </Link>
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

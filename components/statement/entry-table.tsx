import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";
import { PlainMoney } from "./plain-money";
import type { ShownEntry } from "./posting";

/** What each account of the customer's books holds. */
const codeNames: Record<string, string> = {
  cash: "Money received",
  opening: "Earlier books",
  promo: "Promo credit",
  "promo.held": "Promo credit, held",
  earned: "Earned credit",
  pending: "Pending earnings",
  market: "Bought credit",
  paid: "Prepaid money",
  debt: "Debt",
  "revenue.pod": "Charged for pods",
  "revenue.serverless": "Charged for serverless",
  "revenue.storage": "Charged for storage",
  "expense.promotion": "Given as bonus or grant",
  "expense.commission": "Given as commission",
  "expense.losses": "Written off",
  "given.up": "Given up on closing",
  lapsed: "Lapsed on closing",
  allowance: "Not expected any more",
  "expense.royalty": "Given as royalty",
};

/** A posting's lines as the ledger keeps them: every debit has its credit. */
export function EntryTable({ seq, entries }: { seq: string; entries: readonly ShownEntry[] }) {
  const hasBalances = entries.every(({ balanceAfter }) => balanceAfter !== undefined);
  return (
    <Table caption={`Ledger entries of posting ${seq}`}>
      <thead>
        <tr>
          <Th>Account</Th>
          <Th numeric>Debit</Th>
          <Th numeric>Credit</Th>
          {hasBalances && <Th numeric>Balance</Th>}
        </tr>
      </thead>
      <tbody>
        {entries.map(({ no, code, direction, amount, balanceAfter }) => (
          <tr key={no}>
            <Th scope="row" className="font-normal">
              {codeNames[code] ?? code} <span className="whitespace-nowrap text-muted text-xs">{code}</span>
            </Th>
            <Td numeric>{direction === "debit" && <PlainMoney amount={amount} />}</Td>
            <Td numeric>{direction === "credit" && <PlainMoney amount={amount} />}</Td>
            {balanceAfter !== undefined && (
              <Td numeric>
                <Money amount={balanceAfter} />
              </Td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

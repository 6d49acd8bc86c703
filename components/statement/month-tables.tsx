import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";
import { bucketRows, grouped, lineText, type ShownMonth } from "./month";
import { PlainMoney } from "./plain-money";

/** From what there was to what there is, line by line. */
export function MonthTable({ month }: { month: ShownMonth }) {
  const { opening, closing, lines, isOver } = month;
  return (
    <Table caption="From the opening balance to the closing one">
      <thead>
        <tr>
          <Th>What</Th>
          <Th numeric>Amount</Th>
        </tr>
      </thead>
      <tbody>
        <TotalRow text="Opening balance" amount={opening.total} />
      </tbody>
      {grouped(lines).map(([group, members]) => (
        <tbody key={group}>
          <tr>
            <Th scope="rowgroup" colSpan={2} className="pt-4 text-muted">
              {group}
            </Th>
          </tr>
          {members.map((line) => (
            <tr key={line.kind}>
              <Th scope="row" className="font-normal">
                {lineText(line)}
              </Th>
              <Td numeric>
                {line.amount.startsWith("-") ? "" : "+"}
                <PlainMoney amount={line.amount} />
              </Td>
            </tr>
          ))}
        </tbody>
      ))}
      <tbody>
        <TotalRow text={isOver ? "Closing balance" : "Balance so far"} amount={closing.total} />
      </tbody>
    </Table>
  );
}

function TotalRow({ text, amount }: { text: string; amount: string }) {
  return (
    <tr>
      <Th scope="row" className="pt-4 font-semibold">
        {text}
      </Th>
      <Td numeric className="pt-4 font-semibold">
        <Money amount={amount} />
      </Td>
    </tr>
  );
}

/** The same two balances by the credit they are made of. */
export function BucketTable({ month }: { month: ShownMonth }) {
  return (
    <Table caption="What the balances are made of">
      <thead>
        <tr>
          <Th>Credit</Th>
          <Th numeric>Opening</Th>
          <Th numeric>{month.isOver ? "Closing" : "So far"}</Th>
        </tr>
      </thead>
      <tbody>
        {bucketRows(month).map(({ text, opening, closing }) => (
          <tr key={text}>
            <Th scope="row" className="font-normal">
              {text}
            </Th>
            <Td numeric>
              <Money amount={opening} />
            </Td>
            <Td numeric>
              <Money amount={closing} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

import { instantText } from "@/components/instant-text";
import { moneyText } from "@/components/money-text";
import { customerLines, type ShownCustomer, type ShownSeller, sellerLines } from "@/components/receipts/receipt";
import { bucketRows, grouped, lineText, monthText, type ShownMonth } from "@/components/statement/month";
import { makePaper, type PaperRow, writeBlocks, writeFigure, writeHeading, writeNote, writeRows } from "./paper";

interface MonthOnPaper extends ShownMonth {
  seller: ShownSeller | null;
  customer: ShownCustomer;
  /** ISO 8601 */
  issuedAt: string;
}

const both = (amount: string): string[] => {
  const { floored, exact } = moneyText(amount);
  return [exact, floored];
};

/** A monthly statement as PDF. Cents are cut off, as on screen; the exact figures beside them add up. */
export function monthPaper(month: MonthOnPaper): Promise<Uint8Array<ArrayBuffer>> {
  const { opening, closing, lines, seller, customer, issuedAt, isOver } = month;
  const text = monthText(month);
  const frame = { title: `Statement ${text}`, issuedAt, author: seller?.name ?? "Tenspot" };
  const closingText = isOver ? "Closing balance" : "Balance so far";
  return makePaper(frame, (paper) => {
    writeBlocks(paper, [
      { name: "From", lines: sellerLines(seller) },
      { name: "To", lines: customerLines(customer) },
      { name: isOver ? "Up to the end of" : "As of", lines: [instantText(issuedAt, isOver ? "day" : "second")] },
    ]);
    const { floored, exact } = moneyText(closing.total);
    writeFigure(paper, { label: closingText, amount: floored, note: `Exactly ${exact}` });
    const rows: PaperRow[] = [
      { text: "Opening balance", figures: both(opening.total), look: "strong" },
      ...grouped(lines).flatMap(([group, members]) =>
        members.map((line) => ({ text: `${group}: ${lineText(line)}`, figures: both(line.amount) })),
      ),
      { text: closingText, figures: both(closing.total), look: "strong" },
    ];
    writeRows(paper, { text: "US dollars", figures: ["Exact", "Cents"] }, rows);
    writeHeading(paper, "What the balances are made of");
    writeRows(
      paper,
      { text: "Exact", figures: ["Opening", isOver ? "Closing" : "So far"] },
      bucketRows(month).map((row) => ({
        text: row.text,
        figures: [moneyText(row.opening).exact, moneyText(row.closing).exact],
      })),
    );
    writeNote(
      paper,
      "Months are UTC, and end with the last entry posted before the next one began. Cents are cut off, not rounded: the exact figures add up to the nano-dollar.",
    );
  });
}

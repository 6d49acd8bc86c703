import { instantText } from "@/components/instant-text";
import { moneyText } from "@/components/money-text";
import {
  customerLines,
  methodWords,
  receiptWords,
  type ShownReceipt,
  sellerLines,
} from "@/components/receipts/receipt";
import { makePaper, writeBlocks, writeFigure, writeNote, writeRows } from "./paper";

/** A receipt or credit note as PDF: the same bytes whenever it is asked for, while the customer has the same name. */
export function receiptPaper(receipt: ShownReceipt): Promise<Uint8Array<ArrayBuffer>> {
  const { number, issuedAt, amount, deposit, seller, customer } = receipt;
  const { title, line, total } = receiptWords(receipt);
  const { exact } = moneyText(amount);
  const author = seller?.name ?? "Tenspot";
  return makePaper({ title: `${title} ${number}`, issuedAt, author }, (paper) => {
    writeBlocks(paper, [
      { name: "From", lines: sellerLines(seller) },
      { name: "To", lines: customerLines(customer) },
      {
        name: "Issued",
        lines: [
          instantText(issuedAt, "day"),
          `Paid ${instantText(deposit.paidAt, "day")}`,
          methodWords[deposit.method],
        ],
      },
    ]);
    writeFigure(paper, { label: total, amount: exact });
    writeRows(paper, { text: "For", figures: ["US dollars"] }, [
      { text: line, figures: [exact] },
      { text: total, figures: [exact], look: "strong" },
    ]);
    writeNote(paper, `Payment ${deposit.reference}.`);
    writeNote(
      paper,
      "Prepaid credit is drawn by metered usage as it happens; what it was spent on is in the monthly statements. No tax is shown on this paper.",
    );
  });
}

import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { moneyText } from "@/components/money-text";
import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";
import { Link } from "@/components/ui/link";
import { customerLines, methodWords, receiptWords, type ShownReceipt, sellerLines } from "./receipt";

/** A numbered paper, fit to be printed. */
export function ReceiptSheet({ receipt, seq }: { receipt: ShownReceipt; seq: string }) {
  const { number, kind, issuedAt, amount, deposit, seller, customer } = receipt;
  const { line, total } = receiptWords(receipt);
  return (
    <div className="grid max-w-3xl gap-6">
      <div className="grid gap-4 sm:grid-cols-2">
        <Lines name="From" lines={sellerLines(seller)} />
        <Lines name="To" lines={customerLines(customer)} />
      </div>
      <FigureLine label={total} note={line}>
        <span className="money font-semibold text-4xl tracking-tight sm:text-5xl">{moneyText(amount).exact}</span>
      </FigureLine>
      <Facts>
        <Fact term="Number">{number}</Fact>
        <Fact term="Issued">
          <Instant at={issuedAt} />
        </Fact>
        {kind !== "deposit" && (
          <Fact term="About receipt">
            <Link className="link" href={`/funds/receipts/${deposit.number}`}>
              {deposit.number}
            </Link>{" "}
            of <Money amount={deposit.amount} />
          </Fact>
        )}
        <Fact term="Paid">
          <Instant at={deposit.paidAt} />
        </Fact>
        <Fact term="By">{methodWords[deposit.method]}</Fact>
        <Fact term="Payment">
          <Digest>{deposit.reference}</Digest>
        </Fact>
        <Fact term="In the books">
          <Link className="link" href={`/statement/${seq}`}>
            posting {seq}
          </Link>
        </Fact>
      </Facts>
    </div>
  );
}

/** The first line is the name. */
function Lines({ name, lines: [first, ...others] }: { name: string; lines: readonly string[] }) {
  return (
    <div className="min-w-0">
      <p className="text-muted text-sm">{name}</p>
      <p className="break-words font-medium">{first}</p>
      {others.map((line) => (
        <p key={line} className="break-words text-sm">
          {line}
        </p>
      ))}
    </div>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { receiptWords } from "@/components/receipts/receipt";
import { ReceiptSheet } from "@/components/receipts/receipt-sheet";
import { ButtonLink } from "@/components/ui/button-link";
import { DownloadLink } from "@/components/ui/download-link";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { receiptOf } from "@/lib/queries/receipts";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Receipt" };

export default async function ReceiptPage({ params }: { params: Promise<{ number: string }> }) {
  const account = await requireAccount();
  const receipt = await receiptOf(account, (await params).number);
  if (!receipt) notFound();
  const { number, others, seq, deposit } = receipt;
  return (
    <>
      <PageHeader
        title={`${receiptWords(receipt).title} ${number}`}
        actions={
          <>
            <ButtonLink href="/funds" small>
              Funds
            </ButtonLink>
            <DownloadLink href={`/funds/receipts/${number}/pdf`}>PDF</DownloadLink>
          </>
        }
      />
      <div className="grid gap-8">
        <ReceiptSheet receipt={receipt} seq={seq} />
        {others.length > 0 && (
          <Section
            title="About the same payment"
            lead="Each has a number of its own: a receipt is never changed."
            className="print:hidden"
          >
            <ul className="grid gap-1 text-sm">
              {others.map((other) => (
                <li key={other.number} className="flex flex-wrap items-baseline gap-x-3">
                  <Link className="link" href={`/funds/receipts/${other.number}`}>
                    {receiptWords({ kind: other.kind, deposit }).title} {other.number}
                  </Link>
                  <span>
                    {receiptWords({ kind: other.kind, deposit }).total} <Money amount={other.amount} />
                  </span>
                  <span className="text-muted">
                    <Instant at={other.issuedAt} />
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

import { fileAnswer } from "@/app/(dashboard)/file-answer";
import { receiptPaper } from "@/components/papers/receipt-paper";
import { receiptOf } from "@/lib/queries/receipts";
import { currentAccount } from "@/lib/session/current-account";

/** A receipt or credit note as PDF. */
export async function GET(_request: Request, { params }: { params: Promise<{ number: string }> }): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to see your receipts.\n", { status: 401 });
  const receipt = await receiptOf(account, (await params).number);
  if (!receipt) return new Response("There is no such receipt.\n", { status: 404 });
  return fileAnswer({
    content: await receiptPaper(receipt),
    format: "pdf",
    name: `tenspot-receipt-${receipt.number}`,
  });
}

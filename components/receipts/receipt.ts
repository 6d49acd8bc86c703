/** A numbered paper about money, as it is shown. Exact decimal dollars, instants ISO 8601. */
export interface ShownReceipt {
  /** "2026-000042" */
  number: string;
  kind: ReceiptKind;
  issuedAt: string;
  amount: string;
  deposit: { number: string; amount: string; method: "invoice" | "card" | "crypto"; reference: string; paidAt: string };
  seller: ShownSeller | null;
  customer: ShownCustomer;
}

export type ReceiptKind = "deposit" | "refund" | "refund_failed" | "chargeback" | "dispute_won";

export interface ShownSeller {
  name: string;
  /** Lines. */
  address: readonly string[];
  taxId: string | null;
}

export interface ShownCustomer {
  externalId: string;
  name: string | null;
  email: string | null;
}

interface ReceiptWords {
  /** What the paper is. */
  title: string;
  /** What its line is for. */
  line: string;
  /** What the total is of. */
  total: string;
}

/** What a paper says it is. */
export function receiptWords({ kind, deposit: { number } }: Pick<ShownReceipt, "kind" | "deposit">): ReceiptWords {
  switch (kind) {
    case "deposit":
      return { title: "Receipt", line: "Prepaid credit for metered usage", total: "Received" };
    case "refund":
      return { title: "Credit note", line: `Refund of prepaid credit, receipt ${number}`, total: "Given back" };
    case "chargeback":
      return { title: "Credit note", line: `Charged back by the bank, receipt ${number}`, total: "Taken back" };
    case "dispute_won":
      return { title: "Receipt", line: `Dispute won, receipt ${number} stands`, total: "Received again" };
    case "refund_failed":
      return { title: "Receipt", line: `Refund of receipt ${number} did not arrive`, total: "Received again" };
  }
}

export const methodWords: Record<ShownReceipt["deposit"]["method"], string> = {
  card: "Card",
  crypto: "Stablecoin",
  invoice: "Invoice",
};

/** Name, address and tax number, a line each. */
export const sellerLines = (seller: ShownSeller | null): string[] =>
  seller ? [seller.name, ...seller.address, ...(seller.taxId === null ? [] : [seller.taxId])] : ["Not named yet"];

/** Who paid: the name and address that the account has now, and the id that it keeps. */
export const customerLines = ({ name, email, externalId }: ShownCustomer): string[] => [
  ...(name === null ? [] : [name]),
  ...(email === null ? [] : [email]),
  `Account ${externalId}`,
];

import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, test } from "vitest";
import type { ShownReceipt } from "@/components/receipts/receipt";
import { monthPaper } from "./month-paper";
import { receiptPaper } from "./receipt-paper";

const seller = { name: "Wolken GmbH", address: ["Hauptstraße 1", "10115 Berlin"], taxId: "VAT no. DE000" };
const customer = { externalId: "acc_1", name: "Ada Łukasz", email: "ada@example.com" };
const receipt: ShownReceipt = {
  number: "2026-000042",
  kind: "deposit",
  issuedAt: "2026-05-03T10:00:00.000Z",
  amount: "1234.5",
  deposit: {
    number: "2026-000042",
    amount: "1234.5",
    method: "card",
    reference: "stripe:pi_123",
    paidAt: "2026-05-02T09:00:00.000Z",
  },
  seller,
  customer,
};

/** What a reader of the PDF can select, page by page. */
async function textsOf(file: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: false });
  return text.map((page) => page.replace(/\s+/g, " "));
}

describe("a receipt on paper", () => {
  test("says who was paid by whom, when, how and how much, in text that can be selected", async () => {
    const [text, ...others] = await textsOf(await receiptPaper(receipt));
    expect(others).toEqual([]);
    for (const part of [
      "Receipt 2026-000042",
      "Wolken GmbH",
      "Hauptstraße 1",
      "VAT no. DE000",
      "Ada Łukasz",
      "Account acc_1",
      "3 May 2026",
      "Paid 2 May 2026",
      "Card",
      "Received",
      "$1,234.50",
      "stripe:pi_123",
      "page 1 of 1",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("is the same to the last byte whenever it is made", async () => {
    expect(await receiptPaper(receipt)).toEqual(await receiptPaper(receipt));
  });

  test("of a refund is a credit note that names the receipt, to the last digit", async () => {
    const note = { ...receipt, kind: "refund", number: "2026-000050", amount: "18.144000001" } as const;
    const [text] = await textsOf(await receiptPaper(note));
    for (const part of ["Credit note 2026-000050", "receipt 2026-000042", "Given back", "$18.144000001"]) {
      expect(text).toContain(part);
    }
  });

  test("without a seller says so", async () => {
    expect((await textsOf(await receiptPaper({ ...receipt, seller: null })))[0]).toContain("Not named yet");
  });
});

describe("a monthly statement on paper", () => {
  const end = { promo: "0", earned: "0", market: "0", promoHeld: "0", pending: "0", debt: "0" };
  const month = {
    month: "2026-05",
    isOver: true,
    opening: { ...end, total: "0", paid: "0" },
    closing: { ...end, total: "18.144", paid: "18.144" },
    lines: [
      { group: "deposits", kind: "deposit", amount: "20" },
      { group: "charges", kind: "pod", amount: "-1.856" },
    ],
    seller,
    customer,
    issuedAt: "2026-05-31T23:59:59.999Z",
  } as const;

  test("has each figure in cents and exactly, and says what is exact", async () => {
    const [text] = await textsOf(await monthPaper(month));
    for (const part of [
      "Statement May 2026",
      "Exactly $18.144",
      "Opening balance $0.00 $0.00",
      "Money in: Deposits $20.00 $20.00",
      "Charges: Pods −$1.856 −$1.85",
      "Closing balance $18.144 $18.14",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("that is not over says so", async () => {
    const [text] = await textsOf(await monthPaper({ ...month, isOver: false }));
    expect(text).toContain("Statement May 2026, so far");
    expect(text).toContain("Balance so far");
  });

  test("with more lines than a page holds goes on on the next, numbered", async () => {
    const lines = Array.from({ length: 60 }, (_, index) => ({
      group: "other" as const,
      kind: `kind-${index}`,
      amount: "1",
    }));
    const texts = await textsOf(await monthPaper({ ...month, lines }));
    expect(texts.length).toBe(3);
    expect(texts.at(-1)).toContain("page 3 of 3");
    expect(texts.join(" ")).toContain("Kind 59");
  });
});

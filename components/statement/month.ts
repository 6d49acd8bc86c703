/** Exact decimal dollars. */
export interface ShownMonthEnd {
  total: string;
  promo: string;
  earned: string;
  market: string;
  /** Below zero is arrears. */
  paid: string;
  promoHeld: string;
  pending: string;
  debt: string;
}

export interface ShownMonthLine {
  group: "deposits" | "charges" | "promotional" | "earnings" | "taken-back" | "other";
  kind: string;
  amount: string;
}

export interface ShownMonth {
  /** YYYY-MM */
  month: string;
  isOver: boolean;
  opening: ShownMonthEnd;
  closing: ShownMonthEnd;
  lines: readonly ShownMonthLine[];
}

const names = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "May 2026", and that it still goes on. */
export function monthText({ month, isOver }: { month: string; isOver: boolean }): string {
  const name = `${names[Number(month.slice(5)) - 1] ?? ""} ${month.slice(0, 4)}`;
  return isOver ? name : `${name}, so far`;
}

export const groupTexts: Record<ShownMonthLine["group"], string> = {
  deposits: "Money in",
  charges: "Charges",
  promotional: "Promotional credit",
  earnings: "Earnings",
  "taken-back": "Refunded and taken back",
  other: "Other",
};

const lineTexts: Readonly<Record<string, string>> = {
  deposit: "Deposits",
  opening: "Carried over from earlier books",
  pod: "Pods",
  serverless: "Serverless",
  storage: "Storage",
  void: "Usage taken back",
  bonus: "Bonuses",
  grant: "Grants",
  expiry: "Expired",
  release: "Held credit released",
  commission: "Commission",
  royalty: "Royalties",
  milestone: "Milestones",
  refund: "Refunds",
  refund_failed: "Refunds that did not arrive",
  chargeback: "Chargebacks",
  dispute_won: "Disputes won",
  "bonus-back": "Bonuses taken back",
  "milestone-back": "Milestones taken back",
  settlement: "Debt settled from returned credit",
};

/** What a line is about. */
export const lineText = ({ kind }: Pick<ShownMonthLine, "kind">): string =>
  lineTexts[kind] ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll(/[_-]/g, " ")}`;

/** The groups that have lines, in their order. */
export function grouped(lines: readonly ShownMonthLine[]): [string, ShownMonthLine[]][] {
  const groups = new Map<string, ShownMonthLine[]>();
  for (const line of lines) {
    const text = groupTexts[line.group];
    groups.set(text, [...(groups.get(text) ?? []), line]);
  }
  return [...groups];
}

/** What there was by bucket at both ends; what never was is left out. */
export function bucketRows({ opening, closing }: Pick<ShownMonth, "opening" | "closing">) {
  const rows = [
    { text: "Promo", bucket: "promo" },
    { text: "Earned", bucket: "earned" },
    { text: "Bought", bucket: "market" },
    { text: "Prepaid, below zero is owed", bucket: "paid" },
    { text: "Beside it: bonus held", bucket: "promoHeld" },
    { text: "Beside it: earned, waiting for a gate", bucket: "pending" },
    { text: "Beside it: debt", bucket: "debt" },
  ] as const;
  return rows
    .map(({ text, bucket }) => ({ text, opening: opening[bucket], closing: closing[bucket] }))
    .filter((row) => row.opening !== "0" || row.closing !== "0");
}

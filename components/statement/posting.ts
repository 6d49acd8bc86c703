/** What is said of a posting is made from these. */
export interface PostingToTell {
  /** `usage`, `deposit`, `bonus`, … */
  kind: string;
  /** Why it was posted. */
  cause: string;
  /** What a reader follows to the source, as the ledger keeps it. */
  explains: Readonly<Record<string, string>>;
  /** What it did to each bucket, exact decimal dollars, below zero for what was drawn from it. */
  changes: readonly { bucket: string; change: string }[];
}

/** One line of a posting. Exact decimal dollars. */
export interface ShownEntry {
  no: number;
  /** As the chart of accounts names it. */
  code: string;
  direction: "debit" | "credit";
  amount: string;
  /** Absent where a posting is shown by itself. */
  balanceAfter?: string;
}

/** Exact decimal dollars, instants in ISO 8601. */
export interface ShownPosting extends PostingToTell {
  /** Its number in the account's books. */
  seq: string;
  at: string;
  /** What it did to spendable credit, and what it left of it. */
  change: string;
  spendableAfter: string;
  arrearsAfter: string;
  entries: readonly ShownEntry[];
}

/** Durations in whole milliseconds, instants in ISO 8601. */
export interface TemplateGate {
  runtimeMs: string;
  /** What is still to run; "0" once reached. */
  remainingMs: string;
  /** 0 to 100. */
  percent: number;
  /** Null until it was reached. */
  metAt: string | null;
}

/** Amounts are exact decimal dollars. */
export interface ShownTemplate {
  externalId: string;
  name: string;
  /** Total so far, in whole milliseconds. */
  runtimeMs: string;
  gate: TemplateGate;
  /** Others who ever ran it. */
  users: number;
  /** Others' spend that earns. */
  spend: string;
  /** Whether what others paid for earns, or all they used. */
  provenance: "paid" | "any";
  /** "1%" */
  rate: string;
  royalty: { accrued: string; pending: string; released: string };
}

/** Durations in whole milliseconds, instants in ISO 8601. */
export interface TemplateGate {
  runtimeMs: string;
  /** What is still to run; "0" once reached. */
  remainingMs: string;
  /** 0 to 100. */
  percent: number;
  /** Whether it was ever reached. */
  isMet: boolean;
  /** When what was pending was released for it; null until the sweep after. */
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

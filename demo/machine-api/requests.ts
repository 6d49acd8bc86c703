/** Instants are RFC 3339 in UTC, amounts decimal dollars. */
export interface NewAccount {
  externalId: string;
  email?: string;
  name?: string;
  referralCode?: string;
  signedUpAt?: string;
  region?: string;
  newAccount?: boolean;
  opening?: { paid?: string; promo?: string; earned?: string };
}

export interface NewDeposit {
  reference: string;
  amount: string;
  method: "invoice" | "card" | "crypto";
  /** A fingerprint of what paid. */
  instrument?: string;
  occurredAt?: string;
}

export interface NewPrice {
  sku: string;
  service: "pod" | "serverless" | "storage";
  unit: "hour" | "second" | "gb-month";
  amount: string;
  effectiveFrom?: string;
}

export interface NewTemplate {
  externalId: string;
  creator: string;
  name: string;
  createdAt?: string;
}

/** What is asked of a program, under a name of its own: asked again, it is done once. */
export interface ProgramRequest {
  program: "referral-beta";
  reference: string;
}

/** One metered interval, as CloudEvents 1.0. */
export interface CloudEvent {
  specversion: "1.0";
  type: "usage";
  source: string;
  id: string;
  subject: string;
  /** The instant the interval ended. */
  time: string;
  data: { sku: string; durationMs: number; quantity?: string; resource?: string; template?: string };
}

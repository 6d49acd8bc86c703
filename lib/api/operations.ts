/** How a call is presented in the document and on its reference page. */
export interface OperationWords {
  group: Group;
  /** What it does, as a heading. */
  summary: string;
  /** What a caller must know besides the fields. */
  description?: string;
  /** A body that is accepted. */
  example?: unknown;
}

export const groups = {
  Accounts: "Customers of the platform: who they are, what they have and what moved it.",
  Money:
    "What came in outside checkout, what providers took back, and credit given by hand. Amounts are strings of dollars.",
  Usage:
    "What is metered and what it costs. Send events as they happen; the same event counts once, however often it is sent.",
  Authorizations: "May this work run? What may has one hour of it reserved, until it is closed or its time is over.",
  Programs: "Referrals, templates, and what an operator decides.",
  Public: "For anyone, without a key.",
} as const;
export type Group = keyof typeof groups;

/** The words of every call, in the order they are read. */
export const operations: Readonly<Record<string, OperationWords>> = {
  "POST /api/v1/accounts": {
    group: "Accounts",
    summary: "Make an account",
    description:
      "For a customer of the platform. If a person signed in before with exactly that verified e-mail and has no platform id yet, their account gets it: 200; if it has another, 409.",
    example: { externalId: "cust_42", email: "ada@example.com", opening: { paid: "12.34" } },
  },
  "GET /api/v1/accounts": {
    group: "Accounts",
    summary: "List accounts",
    description: "Oldest first, by e-mail or by what changed since.",
  },
  "GET /api/v1/accounts/{id}": {
    group: "Accounts",
    summary: "Read an account",
    description:
      "Its wallet, lifetime figures, bonus, earnings and referrals. `accrued` is exact and live; `pending` and `released` are as of the last sweep.",
  },
  "GET /api/v1/accounts/{id}/entries": {
    group: "Accounts",
    summary: "List ledger entries",
    description: "Newest first; each with its posting, its cause and the balance after it.",
  },
  "GET /api/v1/accounts/{id}/deposits": { group: "Accounts", summary: "List deposits" },
  "GET /api/v1/accounts/{id}/draws": { group: "Accounts", summary: "List draws the account gains by" },
  "GET /api/v1/accounts/{id}/referrals": {
    group: "Accounts",
    summary: "List referrals",
    description: "Each with its stage, the end of its window, what it earned by service and every condition.",
  },
  "GET /api/v1/accounts/{id}/usage": {
    group: "Accounts",
    summary: "Add up charges by time and by what was used",
  },
  "POST /api/v1/accounts/{id}/deposits": {
    group: "Money",
    summary: "Record a deposit",
    description: "Money received outside checkout. Arrears are settled first.",
    example: { reference: "inv_1001", amount: "50", method: "invoice" },
  },
  "POST /api/v1/deposits/{reference}/reversals": {
    group: "Money",
    summary: "Record a refund, a chargeback, or a dispute won",
    description:
      "What the provider did; never refused for lack of balance. Open reversals stay within the deposit, disputes won within open chargebacks; without `amount`, what is open.",
    example: { reference: "re_1", amount: "5", reason: "refund" },
  },
  "POST /api/v1/accounts/{id}/grants": {
    group: "Money",
    summary: "Give credit by hand",
    example: { reference: "goodwill_1", bucket: "promo", amount: "5", reason: "For the outage on Monday" },
  },
  "GET /api/v1/prices": { group: "Usage", summary: "Read the rate card" },
  "PUT /api/v1/prices/{sku}": {
    group: "Usage",
    summary: "Set a price",
    description:
      "A past `effectiveFrom` only before the sku's first price; later prices start now or later. The same content again changes nothing.",
    example: { service: "pod", unit: "hour", amount: "0.34" },
  },
  "POST /api/v1/events": {
    group: "Usage",
    summary: "Send usage",
    description:
      "CloudEvents 1.0, one or many, up to 10,000 or 5 MB. Either `sku` and `durationMs`, priced by the rate card in force at `time`, or `amount` and `service`, taken as they are. Answered after the commit; the good ones of a batch are applied and the others listed with their reason. With `atomic=true` one bad event refuses all. `usage.void` takes an event back. Usage that comes late for a closed account is charged like any other, and what its owner does not pay any more is written off.",
    example: [
      {
        specversion: "1.0",
        type: "usage",
        source: "gpu-fleet/eu-1",
        id: "01JD0ZQ3",
        subject: "cust_42",
        time: "2026-11-21T10:00:00.000Z",
        data: { amount: "0.34", service: "pod", durationMs: 3_600_000, resource: "pod_abc" },
      },
    ],
  },
  "GET /api/v1/quarantine": {
    group: "Usage",
    summary: "List events that wait for their account",
    description: "They are applied when the account appears.",
  },
  "POST /api/v1/authorizations": {
    group: "Authorizations",
    summary: "Ask whether work may start",
    description:
      "201 with what is reserved: one hour of it. 402 with a `reason`: `no_payment_method`, `insufficient_balance` with what is `missing`, `account_held`, or `spend_cap`. What was refused is not remembered and may be asked again.",
    example: {
      account: "cust_42",
      reference: "pod_abc",
      hourly: "0.34",
      quantity: 2,
      expiresAt: "2026-12-01T00:00:00Z",
    },
  },
  "PATCH /api/v1/authorizations/{reference}": {
    group: "Authorizations",
    summary: "Extend or change an authorization",
    description:
      "What asks for more, or for longer, is judged anew at the price in force; denied, all stays as it was.",
    example: { expiresAt: "2026-12-02T00:00:00Z" },
  },
  "DELETE /api/v1/authorizations/{reference}": {
    group: "Authorizations",
    summary: "Close an authorization",
    description: "What was reserved is free again.",
  },
  "POST /api/v1/templates": {
    group: "Programs",
    summary: "Register a template",
    example: { externalId: "tpl_sd", creator: "cust_42", name: "SDXL" },
  },
  "GET /api/v1/templates/{id}": { group: "Programs", summary: "Read a template" },
  "POST /api/v1/accounts/{id}/enrolments": {
    group: "Programs",
    summary: "Enrol a referred account in older terms",
    description: "Before its first usage; 409 after. 422 without a referrer.",
    example: { program: "referral-beta", reference: "enrol_1" },
  },
  "POST /api/v1/accounts/{id}/applications": {
    group: "Programs",
    summary: "Apply for the beta gate",
    description: "On the referrer's behalf; 422 with what is missing.",
    example: { program: "referral-beta", reference: "apply_1" },
  },
  "GET /api/v1/applications": { group: "Programs", summary: "List applications" },
  "POST /api/v1/applications/{reference}/decision": {
    group: "Programs",
    summary: "Decide an application",
    example: { accept: true, reason: "25 referred accounts, all in order" },
  },
  "GET /api/v1/reviews": { group: "Programs", summary: "List held bonuses and commissions" },
  "POST /api/v1/reviews/{id}/decision": {
    group: "Programs",
    summary: "Decide a review",
    example: { release: true, reason: "Two people who share an office" },
  },
  "POST /api/v1/sweep": {
    group: "Programs",
    summary: "Post everything that is due now",
    description: "Draws whose round is out included. It happens by itself every few seconds.",
  },
  "GET /api/v1/draws/{drawId}": {
    group: "Public",
    summary: "Read a draw",
    description: "All that is needed to recompute it. 404 before it is due.",
  },
  "GET /.well-known/credit-programs.json": {
    group: "Public",
    summary: "Read the programs",
    description: "Every version of terms and odds, and the anchors of the beacon.",
  },
  "GET /api/health": {
    group: "Public",
    summary: "Ask whether it works",
    description: "200 when the database answers and migrations are current, else 503.",
  },
  "GET /api/v1/openapi.json": { group: "Public", summary: "Read this document" },
};

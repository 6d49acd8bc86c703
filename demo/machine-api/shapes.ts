import { z } from "zod";

const Owed = z.object({ accrued: z.string(), pending: z.string(), released: z.string() });

/** What the demo reads of an account; amounts are exact decimal dollars. */
export const Account = z.object({
  externalId: z.string(),
  status: z.enum(["active", "held", "closed"]),
  signedUpAt: z.string(),
  referralCode: z.string(),
  wallet: z.object({ paid: z.string(), arrears: z.string(), available: z.string() }),
  lifetime: z.object({ deposited: z.string(), charged: z.string() }),
  bonus: z.object({
    state: z.enum(["locked", "due", "queued", "bound", "held", "drawn", "taken_back", "not_eligible"]),
    progress: z.string(),
    trigger: z.string().nullable(),
    amount: z.string().nullable(),
    drawId: z.string(),
  }),
  earnings: z.object({
    commission: Owed,
    royalty: Owed,
    referralBonuses: z.object({ draws: z.array(z.string()) }),
  }),
  referrals: z.object({ signedUp: z.number(), spending: z.number(), qualified: z.number() }),
});
export type Account = z.infer<typeof Account>;

const pageOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), next: z.string().nullable() });

export const AccountPage = pageOf(Account);

export const PricePage = pageOf(
  z.object({ sku: z.string(), service: z.string(), unit: z.string(), amount: z.string(), effectiveFrom: z.string() }),
);
export type Price = z.infer<typeof PricePage>["data"][number];

export const Template = z.object({ externalId: z.string(), gateMet: z.boolean(), users: z.number() });
export type Template = z.infer<typeof Template>;

export const Draw = z.object({
  drawId: z.string(),
  state: z.enum(["due", "held", "queued", "bound", "drawn"]),
  amount: z.string().nullable(),
});
export type Draw = z.infer<typeof Draw>;

export const IngestAnswer = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  quarantined: z.number(),
  rejected: z.array(z.object({ id: z.string().nullable(), reason: z.string(), detail: z.string() })),
});
export type IngestAnswer = z.infer<typeof IngestAnswer>;

export const Swept = z.object({ beneficiaries: z.number(), bound: z.number(), drawn: z.number() });

/** RFC 9457: why the answer is no. */
export const Problem = z.object({ title: z.string(), detail: z.string().optional() });

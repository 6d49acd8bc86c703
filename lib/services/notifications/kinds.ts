import { z } from "zod";

/** What people choose by: the first word of a kind, in the order of the settings page. */
export const topics = ["bonus", "referral", "gate", "wallet", "window", "credit"] as const;
export type Topic = (typeof topics)[number];

const Amount = z.string().regex(/^[0-9]+(\.[0-9]{1,9})?$/);
const Instant = z.iso.datetime();
const Draw = z.object({ drawId: z.uuid(), draw: z.enum(["new-account", "referral"]) });
/** What an operator said about it, for both sides to read. */
const said = z.string().optional();

/** Every kind there is, and the facts its sentences are made of. Amounts are exact decimal dollars. */
export const kinds = {
  "bonus.drawn": Draw.extend({ amount: Amount }),
  "bonus.held": Draw.extend({ reason: z.string(), said }),
  "bonus.released": Draw.extend({ said }),
  "bonus.taken_back": z.object({ drawId: z.uuid(), amount: Amount }),
  "bonus.given_again": z.object({ drawId: z.uuid(), amount: Amount }),
  "bonus.milestone": z.object({ amount: Amount }),
  "referral.qualified": z.object({ referral: z.uuid() }),
  "gate.template_met": z.object({ template: z.string(), name: z.string() }),
  "gate.ready": z.object({ pending: Amount }),
  "gate.accepted": z.object({ said }),
  "gate.declined": z.object({ said }),
  "wallet.low": z.object({ available: Amount, threshold: Amount }),
  "wallet.recovered": z.object({ available: Amount }),
  "wallet.depleted": z.object({}),
  "wallet.topped_up": z.object({ amount: Amount }),
  /** The card's bank wants to ask its owner. */
  "wallet.top_up_asked": z.object({ amount: Amount }),
  "wallet.top_up_failed": z.object({ amount: Amount, reason: z.string(), suspended: z.boolean() }),
  "window.ending": z.object({ referral: z.uuid(), endsAt: Instant, count: z.number().int().positive() }),
  "credit.expiring": z.object({ bucket: z.enum(["promo", "earned"]), amount: Amount, expiresAt: Instant }),
  "support.answered": z.object({ request: z.string(), subject: z.string(), answer: z.string() }),
} as const satisfies Record<`${Topic | "support"}.${string}`, z.ZodObject>;

export type Kind = keyof typeof kinds;
export type FactsOf<K extends Kind> = z.infer<(typeof kinds)[K]>;

/** One thing an account is told. */
export type Told = { [K in Kind]: { kind: K; facts: FactsOf<K> } }[Kind];

const isKind = (kind: string): kind is Kind => Object.hasOwn(kinds, kind);

/** Reads a stored row; null for one that this version does not know. */
export function readTold(kind: string, facts: unknown): Told | null {
  if (!isKind(kind)) return null;
  const parsed = kinds[kind].safeParse(facts);
  return parsed.success ? ({ kind, facts: parsed.data } as Told) : null;
}

/** The topic of a kind; null for what somebody asked for, which is not chosen by. */
export const topicOf = (kind: Kind): Topic | null => topics.find((each) => kind.startsWith(`${each}.`)) ?? null;

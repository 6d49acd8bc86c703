import { z } from "zod";
import { type BasisPoints, basisPoints } from "@/lib/money/accrual";
import { NANOS_PER_CENT, type Nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { services } from "./account";
import { CENTS_MAX, type Odds, parseOdds } from "./odds";

const HOUR_MS = 3_600_000n;
const DAY_MS = 24n * HOUR_MS;

export const signInMethods = ["google", "github", "email"] as const;
export type SignInMethod = (typeof signInMethods)[number];

const amount = z.string().transform((text, context): Nanos => {
  const parsed = parseAmount(text);
  if (parsed.ok) return parsed.nanos;
  context.addIssue({ code: "custom", message: parsed.message });
  return z.NEVER;
});
const positiveAmount = amount.refine((value) => value > 0n, "must be above zero");

const odds = z.unknown().transform((value, context): Odds => {
  const parsed = parseOdds(value);
  if (parsed.ok) return parsed.odds;
  context.addIssue({ code: "custom", message: parsed.message });
  return z.NEVER;
});

/** In basis points: 3 % is 300. */
const rate = z
  .int()
  .min(0)
  .max(10_000)
  .transform((value): BasisPoints => basisPoints(value));

const countMax = 1_000_000;

/** Which usage counts for a reward: what money paid for, or all of it. */
const provenance = z.enum(["paid", "any"]);

/** `spend`: paid spend, of one service or of all. `load`: deposits, spent or not. */
const trigger = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("spend"), amount: positiveAmount, service: z.enum(services).nullable() }),
  z.strictObject({ kind: z.literal("load"), amount: positiveAmount }),
]);

const region = z.string().regex(/^[A-Za-z0-9-]{1,32}$/);

/** What odds can give: a fixed bonus is a draw with one outcome. */
const centsAmount = amount.refine(
  (value) => value > 0n && value % NANOS_PER_CENT === 0n && value <= BigInt(CENTS_MAX) * NANOS_PER_CENT,
  "must be whole cents, from $0.01 to $1,000,000",
);

/** `amount` is for every region that `byRegion` does not name. */
const fixedBonus = z.strictObject({
  kind: z.literal("fixed"),
  amount: centsAmount,
  byRegion: z.record(region, centsAmount),
  bucket: z.literal("promo"),
});

const milestoneBonus = z.strictObject({
  kind: z.literal("fixed"),
  amount: positiveAmount,
  byRegion: z.record(region, positiveAmount),
  bucket: z.literal("earned"),
});

/** A new-account bonus always goes to *promo*. */
const bonus = z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("draw"), odds }), fixedBonus]);

/** The life of a bonus: first visible and not spendable for some hours, then gone after some days, or never. */
const credit = z
  .strictObject({
    holdHours: z.int().min(0).max(8_760),
    expiryDays: z.int().min(1).max(3_650).nullable(),
  })
  .transform(({ holdHours, expiryDays }) => ({
    holdMs: BigInt(holdHours) * HOUR_MS,
    expiryMs: expiryDays === null ? null : BigInt(expiryDays) * DAY_MS,
  }));

/** Null: whatever way the account came to be, imports included. */
const signIns = z
  .array(z.enum(signInMethods))
  .min(1)
  .refine((methods) => new Set(methods).size === methods.length, "must not name a method twice")
  .nullable();

/** Calendar months from the referred account's sign-up, end excluded, or as long as the account lives. */
const window = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("months"), months: z.int().min(1).max(120) }),
  z.strictObject({ kind: z.literal("lifetime") }),
]);

const commission = z.strictObject({
  rates: z.strictObject({ pod: rate, serverless: rate, storage: rate }),
  window,
  provenance,
});

/** The most one referrer can get; null for no limit. */
const bonusesMax = z.int().min(1).max(countMax).nullable();
const commissionMax = positiveAmount.nullable();

/** What each program's `parameters` must look like. Every key is required, none beside them allowed. */
const schemas = {
  "signup-bonus": z.strictObject({ trigger, bonus, credit, signIns }),
  /** Both sides get the bonus. */
  referral: z
    .strictObject({
      trigger,
      bonus,
      credit,
      signIns,
      attributionDays: z.int().min(1).max(365),
      commission,
      caps: z.strictObject({ bonusesMax, commissionMax }),
    })
    .transform(({ attributionDays, ...rest }) => ({ ...rest, attributionMs: BigInt(attributionDays) * DAY_MS })),
  "referral-beta": z.strictObject({
    commission,
    /** How many referred accounts must have spent, how much together, and how long a declined referrer waits. */
    gate: z
      .strictObject({
        accounts: z.int().min(0).max(countMax),
        spend: amount,
        reapplyDays: z.int().min(0).max(365),
      })
      .transform(({ reapplyDays, ...rest }) => ({ ...rest, reapplyMs: BigInt(reapplyDays) * DAY_MS })),
    caps: z.strictObject({ commissionMax }),
  }),
  /** Both sides get the bonus. */
  "serverless-referral-beta": z.strictObject({
    trigger,
    bonus: milestoneBonus,
    credit,
    caps: z.strictObject({ bonusesMax }),
  }),
  "template-beta": z
    .strictObject({
      /** Of others' spend on pods. */
      royalty: z.strictObject({ rate, provenance }),
      /** Total runtime, everybody's, that releases what is pending. */
      gate: z.strictObject({ runtimeMs: z.int().min(0).transform(BigInt) }),
      /** How long usage waits for its template to be registered. */
      claimDays: z.int().min(0).max(365),
    })
    .transform(({ claimDays, ...rest }) => ({ ...rest, claimMs: BigInt(claimDays) * DAY_MS })),
};

export type ProgramName = keyof typeof schemas;

/** Parameters as they are stored and published: JSON, amounts as strings. */
export type ParametersOf<P extends ProgramName> = z.input<(typeof schemas)[P]>;

/** Parameters as the rules use them: amounts in nano-dollars, durations in milliseconds, rates in basis points. */
export type TermsOf<P extends ProgramName> = P extends ProgramName
  ? { readonly program: P } & z.output<(typeof schemas)[P]>
  : never;
export type Terms = TermsOf<ProgramName>;

export type Bonus = z.output<typeof bonus>;
export type FixedBonus = z.output<typeof fixedBonus> | z.output<typeof milestoneBonus>;
/** In milliseconds; null where it never expires. */
export type CreditLife = Readonly<z.output<typeof credit>>;
export type Commission = z.output<typeof commission>;

export type CheckedTerms<T> = { ok: true; terms: T } | { ok: false; problems: { path: string; message: string }[] };

export const isProgram = (name: string): name is ProgramName => Object.hasOwn(schemas, name);

/** Reads parameters that a person proposes; each problem names its field. */
export function checkTerms<P extends ProgramName>(program: P, parameters: unknown): CheckedTerms<TermsOf<P>> {
  const parsed = schemas[program].safeParse(parameters);
  if (parsed.success) return { ok: true, terms: { program, ...parsed.data } as unknown as TermsOf<P> };
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return { ok: false, problems };
}

/**
 * Reads parameters from a row.
 * @throws Error naming the program and every field that is wrong: rows are checked before they are written.
 */
export function parseTerms<P extends ProgramName>(program: P, parameters: unknown): TermsOf<P>;
export function parseTerms(program: string, parameters: unknown): Terms;
export function parseTerms(program: string, parameters: unknown): Terms {
  if (!isProgram(program)) throw new Error(`There is no program "${program}"`);
  const checked: CheckedTerms<Terms> = checkTerms(program, parameters);
  if (checked.ok) return checked.terms;
  const problems = checked.problems.map(({ path, message }) => `${path || "parameters"}: ${message}`);
  throw new Error(`The terms of ${program} are malformed: ${problems.join("; ")}`);
}

/** What a fixed bonus is worth to an account of a region. */
export const fixedAmount = (fixed: FixedBonus, accountRegion: string | null): Nanos =>
  (accountRegion !== null && Object.hasOwn(fixed.byRegion, accountRegion)
    ? fixed.byRegion[accountRegion]
    : undefined) ?? fixed.amount;

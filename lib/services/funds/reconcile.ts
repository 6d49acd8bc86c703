import { and, eq, gte, inArray, isNull, like, lt } from "drizzle-orm";
import { deposits, providerReversals, reversals } from "@/db/schema/funds";
import type { MoneyBack, PaymentSeen, Period, ProviderBooks } from "@/lib/payments/provider";
import { idAtProvider, referenceOf, referencesLike } from "@/lib/payments/references";
import type { PaymentContext } from "./payment-context";
import { type Line, type Pair, type Reconciliation, reconciled } from "./reconciliation";

/**
 * Compares the provider's books of a period with the ledger's, movement by movement. What only one side has in the
 * period is looked for on the other at any time, so that no difference is made by where the period ends.
 * @throws PaymentsUnavailable when the provider does not answer.
 */
export async function reconcile(ctx: PaymentContext, period: Period): Promise<Reconciliation> {
  const seen = await ctx.payments.booksOf(period);
  const ledger = await ledgerOf(ctx, period);
  const pairs = new Map<string, Pair>();
  const prefixed = (id: string) => referenceOf(ctx.payments.name, id);
  const pairOf = (reference: string): Pair => {
    const pair = pairs.get(reference) ?? {};
    pairs.set(reference, pair);
    return pair;
  };
  const take = ({ payments, changes }: ProviderBooks) => {
    for (const payment of payments) addPayment(pairOf(prefixed(payment.paymentId)), payment);
    for (const change of changes) {
      pairOf(prefixed(change.transition)).provider = { ...lineOf(change), of: prefixed(change.paymentId) };
    }
  };

  take(seen);
  for (const [reference, line] of ledger) pairOf(reference).ledger = line;
  // What only the ledger has in this period may be of another period at the provider.
  for (const paymentId of paymentsLacking(pairs, ctx.payments.name)) take(await ctx.payments.booksOfPayment(paymentId));
  await completeLedger(ctx, pairs);
  await dropForeign(ctx, pairs);
  return reconciled(pairs);
}

/** A payment that never settled is none, unless the ledger has it. */
function addPayment(pair: Pair, { amount, accountId, settled }: PaymentSeen): void {
  if (settled) pair.provider = { movement: "payment", amount, of: accountId ?? "another product" };
  else pair.note = "not paid";
}

const lineOf = ({ reason, amount }: MoneyBack): Omit<Line, "of"> => ({ movement: reason, amount });

/** What the ledger posted of the provider in the period. */
async function ledgerOf({ db, payments: { name } }: PaymentContext, { from, to }: Period): Promise<Map<string, Line>> {
  const paid = await db
    .select()
    .from(deposits)
    .where(
      and(like(deposits.reference, referencesLike(name)), gte(deposits.occurredAt, from), lt(deposits.occurredAt, to)),
    );
  const taken = await db
    .select()
    .from(reversals)
    .where(
      and(
        like(reversals.depositReference, referencesLike(name)),
        gte(reversals.recordedAt, from),
        lt(reversals.recordedAt, to),
      ),
    );
  return new Map<string, Line>([...paid.map(depositLine), ...taken.map(reversalLine)]);
}

const depositLine = ({ reference, amount, accountId }: typeof deposits.$inferSelect): [string, Line] => [
  reference,
  { movement: "payment", amount, of: accountId },
];

const reversalLine = ({
  reference,
  amount,
  reason,
  depositReference,
}: typeof reversals.$inferSelect): [string, Line] => [reference, { movement: reason, amount, of: depositReference }];

const BATCH = 1_000;

/** What the ledger has of the provider's movements, posted at any time, and what waits for its deposit. */
async function completeLedger({ db }: PaymentContext, pairs: Map<string, Pair>): Promise<void> {
  const lacking = [...pairs].flatMap(([reference, pair]) => (pair.ledger ? [] : [reference]));
  for (let first = 0; first < lacking.length; first += BATCH) {
    const some = lacking.slice(first, first + BATCH);
    const paid = await db.select().from(deposits).where(inArray(deposits.reference, some));
    const taken = await db.select().from(reversals).where(inArray(reversals.reference, some));
    for (const [reference, line] of [...paid.map(depositLine), ...taken.map(reversalLine)]) {
      const pair = pairs.get(reference);
      if (pair) pair.ledger = line;
    }
    const waiting = await db
      .select({ reference: providerReversals.reference })
      .from(providerReversals)
      .leftJoin(reversals, eq(reversals.reference, providerReversals.reference))
      .where(and(inArray(providerReversals.reference, some), isNull(reversals.reference)));
    for (const { reference } of waiting) {
      const pair = pairs.get(reference);
      if (pair) pair.note = "known, and not posted: it waits for its deposit";
    }
  }
}

/** Payments about which the ledger has something that the provider's lists of the period have not. */
function paymentsLacking(pairs: ReadonlyMap<string, Pair>, provider: string): Set<string> {
  const lacking = [...pairs].flatMap(([reference, { provider: theirs, ledger }]) => {
    if (theirs || !ledger) return [];
    const deposit = ledger.movement === "payment" ? reference : ledger.of;
    return idAtProvider(provider, deposit) ?? [];
  });
  return new Set(lacking);
}

/** Takes out what the same account at the provider does for other products. */
async function dropForeign(ctx: PaymentContext, pairs: Map<string, Pair>): Promise<void> {
  const ours = new Map<string, boolean>();
  const isOurs = async (deposit: string): Promise<boolean> => {
    const known = ours.get(deposit) ?? pairs.get(deposit)?.ledger !== undefined;
    if (known || ours.has(deposit)) return known;
    const paymentId = idAtProvider(ctx.payments.name, deposit);
    if (paymentId === null) return false;
    const { payments } = await ctx.payments.booksOfPayment(paymentId);
    const found = payments.some(({ accountId }) => accountId !== null);
    ours.set(deposit, found);
    return found;
  };
  for (const [reference, { provider, ledger }] of pairs) {
    if (ledger) continue;
    const foreign =
      provider === undefined ||
      (provider.movement === "payment" ? provider.of === "another product" : !(await isOurs(provider.of)));
    if (foreign) pairs.delete(reference);
  }
}

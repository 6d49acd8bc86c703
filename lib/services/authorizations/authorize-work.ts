import { rawOf, type Tx } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { authorizations } from "@/db/schema/authorizations";
import { changeReserved } from "@/lib/ledger/reserve";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import { ZERO } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { done, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { type Authorized, findAuthorization, requestDigest, toAuthorization, type WorkPrice } from "./authorization";
import { endExpired } from "./end-expired";
import { expiryProblem } from "./expiry";
import { judgeWork } from "./judge-work";
import { priceHour } from "./price-hour";

export interface AuthorizeWork {
  account: AccountRef;
  /** The client's key: unique over all authorizations, for ever. */
  reference: string;
  price: WorkPrice;
  /** GPUs or GB, in thousandths. */
  quantityMilli: bigint;
  /** Ahead, at most 366 days. Until it is closed, when absent. */
  expiresAt?: Date;
}

/**
 * May this work start? If so one hour of it is reserved until it is closed or expires. One lock decides, so that
 * requests at once never reserve more than there is. Exactly once per reference: the same content again answers what
 * came of it, other content is a `conflict`; what was denied is not remembered and may be asked again.
 */
export async function authorizeWork(ctx: Context, input: AuthorizeWork): Promise<Authorized> {
  const before = await findKnown(ctx, ctx.db, input);
  if (before) return before;
  const problem = expiryProblem(input.expiresAt, ctx.clock());
  if (problem) return problem;
  try {
    const authorized = await inTransaction(ctx, (tx) => open(ctx, tx, input));
    if (authorized.ok && authorized.created) notifyChanged(ctx.db, [input.account.id]);
    return authorized;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const first = await findKnown(ctx, ctx.db, input);
    if (!first) throw error;
    return first;
  }
}

async function findKnown(ctx: Context, db: Context["db"] | Tx, input: AuthorizeWork): Promise<Authorized | null> {
  const found = await findAuthorization(db, input.reference);
  if (!found) return null;
  if (found.digest === requestDigest(input)) return done(toAuthorization(found, ctx.clock()), false);
  return refused("conflict", `reference ${input.reference} was used for other work`, "reference");
}

async function open(ctx: Context, tx: Tx, input: AuthorizeWork): Promise<Authorized> {
  const raw = rawOf(tx);
  const at = ctx.clock();
  const { account, reference, price, quantityMilli, expiresAt } = input;
  return withWallet(raw, { account, book: termsBook(ctx.db), at }, async ({ wallet }): Promise<Authorized> => {
    await endExpired(raw, wallet, at);
    // A copy may have come while this one waited for the lock.
    const before = await findKnown(ctx, tx, input);
    if (before) return before;
    if (wallet.closed) return refused("invalid", "This account is closed; no work runs on it any more", "account");
    const hour = await priceHour(tx, { price, quantityMilli }, at);
    if (!hour.ok) return hour;
    const denial = await judgeWork(raw, wallet, { hour: hour.value, held: ZERO, at });
    if (denial) return { ok: false, denial };
    changeReserved(wallet, hour.value);
    const [row] = await tx
      .insert(authorizations)
      .values({
        reference,
        lane: account.lane,
        accountId: account.id,
        digest: requestDigest(input),
        sku: price.sku,
        hourly: price.hourly,
        quantityMilli,
        reserved: hour.value,
        state: "open",
        openedAt: at,
        expiresAt: expiresAt ?? null,
      })
      .returning();
    if (!row) throw new Error(`Authorization ${reference} was not written`);
    return done(toAuthorization(row, at));
  });
}

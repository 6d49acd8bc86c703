import { eq } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { authorizations } from "@/db/schema/authorizations";
import { changeReserved } from "@/lib/ledger/reserve";
import { termsBook } from "@/lib/ledger/terms-book";
import { withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import { type Nanos, nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { type AuthorizationRow, type Authorized, findAuthorization, priceOf, toAuthorization } from "./authorization";
import { endExpired } from "./end-expired";
import { expiryProblem } from "./expiry";
import { judgeWork } from "./judge-work";
import { priceHour } from "./price-hour";

export interface ChangeAuthorization {
  reference: string;
  /** In thousandths. What is absent stays. */
  quantityMilli?: bigint;
  /** Only where the platform sent its own price. */
  hourly?: Nanos;
  /** Ahead, at most 366 days. */
  expiresAt?: Date;
}

/**
 * Extends work that is authorized, or changes how much of it there is. What asks for more, or for longer, is judged
 * anew, at the price in force now; denied, everything stays as it was. Refuses what is `not_found` and, as a
 * `conflict`, what has ended.
 */
export async function changeAuthorization(ctx: Context, input: ChangeAuthorization): Promise<Authorized> {
  const found = await findAuthorization(ctx.db, input.reference);
  if (!found) return refused("not_found", "There is no such authorization");
  const problem = expiryProblem(input.expiresAt, ctx.clock());
  if (problem) return problem;
  const changed = await inTransaction(ctx, (tx) => change(ctx, tx, { ...input, of: found }));
  if (changed.ok) notifyChanged(ctx.db, [found.accountId]);
  return changed;
}

async function change(
  ctx: Context,
  tx: Tx,
  { of, ...input }: ChangeAuthorization & { of: AuthorizationRow },
): Promise<Authorized> {
  const raw = rawOf(tx);
  const at = ctx.clock();
  const account = { lane: of.lane, id: of.accountId };
  return withWallet(raw, { account, book: termsBook(ctx.db), at }, async ({ wallet }): Promise<Authorized> => {
    await endExpired(raw, wallet, at);
    const row = await findAuthorization(tx, input.reference);
    if (!row) throw new Error(`Authorization ${input.reference} went away`);
    if (row.state !== "open") {
      return refused("conflict", `This work's authorization is ${row.state}; ask for a new one`);
    }
    const wanted = await want(tx, row, input, at);
    if (!wanted.ok) return wanted;
    const { hour, asksMore, ...values } = wanted.value;
    const denial = asksMore ? await judgeWork(raw, wallet, { hour, held: row.reserved, at }) : null;
    if (denial) return { ok: false, denial };
    changeReserved(wallet, nanos(hour - row.reserved));
    const [written] = await tx
      .update(authorizations)
      .set({ ...values, reserved: hour })
      .where(eq(authorizations.reference, row.reference))
      .returning();
    if (!written) throw new Error(`Authorization ${row.reference} was not written`);
    return done(toAuthorization(written, at), false);
  });
}

interface Wanted {
  quantityMilli: bigint;
  hourly: Nanos | null;
  expiresAt: Date | null;
  /** What one hour of it costs. */
  hour: Nanos;
  asksMore: boolean;
}

async function want(tx: Tx, row: AuthorizationRow, input: ChangeAuthorization, at: Date): Promise<Result<Wanted>> {
  if (input.hourly !== undefined && row.sku !== null) {
    return refused("invalid", `hourly is set by the price of ${row.sku}; change the quantity instead`, "hourly");
  }
  const quantityMilli = input.quantityMilli ?? row.quantityMilli;
  const hourly = input.hourly ?? row.hourly;
  const expiresAt = input.expiresAt ?? row.expiresAt;
  const isLonger = row.expiresAt !== null && expiresAt !== null && expiresAt > row.expiresAt;
  const isSame = quantityMilli === row.quantityMilli && hourly === row.hourly && !isLonger;
  const hour = isSame
    ? done(row.reserved)
    : await priceHour(tx, { price: priceOf({ ...row, hourly }), quantityMilli }, at);
  if (!hour.ok) return hour;
  const asksMore = isLonger || hour.value > row.reserved;
  return done({ quantityMilli, hourly, expiresAt, hour: hour.value, asksMore });
}

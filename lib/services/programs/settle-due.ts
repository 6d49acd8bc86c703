import { settleClosings } from "@/lib/services/accounts/settle-closings";
import { expireAuthorizations } from "@/lib/services/authorizations/expire-authorizations";
import type { Context } from "@/lib/services/context";
import { gatherTotals } from "@/lib/services/referrals/gather-totals";
import { bindDraws } from "./bind-draws";
import { expireDue } from "./expire-due";
import { releaseDue } from "./release-due";
import { revealDraws } from "./reveal-draws";
import { sweep } from "./sweep";

/**
 * Posts everything that is due now: draws whose round is out, accruals, and rounds for draws newly due; releases what
 * was held long enough, lets expire what lived long enough, and settles what came to closed accounts. Work whose time is
 * over is ended first.
 */
export async function settleDue(
  ctx: Context,
  beaconSecret: Uint8Array,
): Promise<{ beneficiaries: number; bound: number; drawn: number }> {
  const failures: unknown[] = [];
  // One broken account must not keep the rest of the work from everybody: each step has its try, and the first failure
  // is told in the end.
  const step = async <T>(run: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      failures.push(error);
      return otherwise;
    }
  };
  await step(() => expireAuthorizations(ctx), 0);
  const { beneficiaries } = await step(() => sweep(ctx), { beneficiaries: 0 });
  await step(() => releaseDue(ctx), undefined);
  const bound = await step(() => bindDraws(ctx, beaconSecret), 0);
  const drawn = await step(() => revealDraws(ctx, beaconSecret), 0);
  await step(() => expireDue(ctx), undefined);
  await step(() => gatherTotals(ctx), undefined);
  await step(() => settleClosings(ctx), 0);
  if (failures.length > 0) throw failures[0];
  return { beneficiaries, bound, drawn };
}

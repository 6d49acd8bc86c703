import { expireAuthorizations } from "@/lib/services/authorizations/expire-authorizations";
import type { Context } from "@/lib/services/context";
import { bindDraws } from "./bind-draws";
import { revealDraws } from "./reveal-draws";
import { sweep } from "./sweep";

/**
 * Posts everything that is due now: draws whose round is out, accruals, and rounds for draws newly due. Work whose time
 * is over is ended first.
 */
export async function settleDue(
  ctx: Context,
  beaconSecret: Uint8Array,
): Promise<{ beneficiaries: number; bound: number; drawn: number }> {
  await expireAuthorizations(ctx);
  const { beneficiaries } = await sweep(ctx);
  const bound = await bindDraws(ctx, beaconSecret);
  const drawn = await revealDraws(ctx, beaconSecret);
  return { beneficiaries, bound, drawn };
}

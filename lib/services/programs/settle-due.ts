import { expireAuthorizations } from "@/lib/services/authorizations/expire-authorizations";
import type { Context } from "@/lib/services/context";
import { bindDraws } from "./bind-draws";
import { expireDue } from "./expire-due";
import { releaseDue } from "./release-due";
import { revealDraws } from "./reveal-draws";
import { sweep } from "./sweep";

/**
 * Posts everything that is due now: draws whose round is out, accruals, and rounds for draws newly due; releases what
 * was held long enough and lets expire what lived long enough. Work whose time is over is ended first.
 */
export async function settleDue(
  ctx: Context,
  beaconSecret: Uint8Array,
): Promise<{ beneficiaries: number; bound: number; drawn: number }> {
  await expireAuthorizations(ctx);
  const { beneficiaries } = await sweep(ctx);
  await releaseDue(ctx);
  const bound = await bindDraws(ctx, beaconSecret);
  const drawn = await revealDraws(ctx, beaconSecret);
  await expireDue(ctx);
  return { beneficiaries, bound, drawn };
}

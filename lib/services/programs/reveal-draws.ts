import { rawOf, type Tx } from "@/db/client";
import { followStanding, writeReward } from "@/lib/ledger/rewards";
import { termsBook } from "@/lib/ledger/terms-book";
import { notifyChanged } from "@/lib/live/notify";
import { drawBonus } from "@/lib/programs/draw";
import type { Context } from "@/lib/services/context";
import { revealLink } from "./local-chain";

interface BoundDraw {
  lane: number;
  id: string;
  trigger_id: string;
  program: string;
  terms_id: number;
  beneficiary_lane: number;
  beneficiary_id: string;
  round: string;
  reserved: string;
  chain_name: string;
  chain_length: number;
}

/**
 * Draws every bound draw whose round is out, in the order of rounds: reveals the link, computes the amount anyone can
 * recompute, posts it to the beneficiary's *promo* while it stands, gives back what the reservation did not use.
 */
export async function revealDraws(ctx: Context, secret: Uint8Array): Promise<number> {
  const ready = await ctx.db.$client<BoundDraw[]>`
    select d.lane, d.id, d.trigger_id, d.program, d.terms_id, d.beneficiary_lane, d.beneficiary_id, d.round, d.reserved,
           c.name as chain_name, c.length as chain_length
      from draws d join beacon_chains c on c.id = d.chain_id
     where d.state = 'bound' and d.round_at <= clock_timestamp()
     order by d.chain_id, d.round limit 1000`;
  for (const draw of ready) {
    await ctx.db.transaction((tx) => revealOne(ctx, tx, draw, secret));
    notifyChanged(ctx.db, [draw.beneficiary_id]);
  }
  return ready.length;
}

async function revealOne(ctx: Context, tx: Tx, draw: BoundDraw, secret: Uint8Array): Promise<void> {
  const raw = rawOf(tx);
  const book = termsBook(ctx.db);
  const at = ctx.clock();
  await book.loadIds(raw, [draw.terms_id]);
  const link = revealLink(secret, { name: draw.chain_name, length: draw.chain_length }, Number(draw.round));
  const { amount } = drawBonus(book.odds(draw.terms_id), link, draw.id);
  const beneficiary = { lane: draw.beneficiary_lane, id: draw.beneficiary_id };
  const drawn = await raw`
    update draws set state = 'drawn', drawn_at = clock_timestamp(), amount = ${String(amount)},
           randomness = ${Buffer.from(link).toString("hex")}
     where lane = ${draw.lane} and id = ${draw.id} and state = 'bound'`;
  if (drawn.count === 0) return;
  const { id, program, lane } = draw;
  const trigger = { lane, id: draw.trigger_id };
  const reward = { id, beneficiary, trigger };
  await writeReward(raw, { ...reward, kind: "bonus", program, amount });
  await followStanding(raw, { book, at }, reward);
  await raw`
    update program_settings set reserved = reserved - ${draw.reserved}, spent = spent + ${String(amount)}
     where program = ${program}`;
}

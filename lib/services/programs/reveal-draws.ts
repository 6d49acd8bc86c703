import { rawOf, type Tx } from "@/db/client";
import { followStanding, writeReward } from "@/lib/ledger/rewards";
import { arrayLiteral } from "@/lib/ledger/sql-arrays";
import { termsBook } from "@/lib/ledger/terms-book";
import { lockWallets } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import { drawBonus } from "@/lib/programs/draw";
import type { Context } from "@/lib/services/context";
import { retried } from "@/lib/services/retried";
import type { Beacon, Revealed } from "./beacon";
import { beaconsOf } from "./beacons";

interface BoundDraw {
  lane: number;
  id: string;
  trigger_id: string;
  program: string;
  terms_id: number;
  region: string | null;
  beneficiary_lane: number;
  beneficiary_id: string;
  beacon: Beacon["name"];
  round: string;
  reserved: string;
  chain: { name: string; length: number; anchor: string } | null;
}

/** Draws read at once. */
const TOGETHER = 1_000;

/**
 * Draws every bound draw whose round is out, in the order of rounds: takes what the beacon it is bound to gave out,
 * computes the amount anyone can recompute, posts it to the beneficiary's *promo* while it stands, gives back what the
 * reservation did not use. Where the round is not to be had, the draw waits.
 * @param secret 32 bytes, from which the chains of the local beacon are made
 */
export async function revealDraws(ctx: Context, secret: Uint8Array): Promise<number> {
  const waiting: string[] = [];
  let drawn = 0;
  for (let more = true; more; ) {
    const ready = await roundsOut(ctx, waiting);
    const waits = await revealSome(ctx, secret, ready);
    drawn += ready.length - waits.length;
    waiting.push(...waits);
    more = ready.length === TOGETHER && waits.length < TOGETHER;
  }
  return drawn;
}

/** The next draws whose round is out, but those of `waiting`. */
const roundsOut = (ctx: Context, waiting: readonly string[]) =>
  ctx.db.$client<BoundDraw[]>`
    select d.lane, d.id, d.trigger_id, d.program, d.terms_id, d.region, d.beneficiary_lane, d.beneficiary_id, d.beacon, d.round,
           d.reserved, case when c.id is not null
             then json_build_object('name', c.name, 'length', c.length, 'anchor', c.anchor) end as chain
      from draws d left join beacon_chains c on c.id = d.chain_id
     where d.state = 'bound' and d.round_at <= clock_timestamp() and d.id <> all(${arrayLiteral(waiting)}::uuid[])
     order by d.chain_id, d.round limit ${TOGETHER}`;

/** @returns the ids of those whose round is not to be had. */
async function revealSome(ctx: Context, secret: Uint8Array, ready: readonly BoundDraw[]): Promise<string[]> {
  const { named } = beaconsOf(secret);
  const waits: string[] = [];
  for (const draw of ready) {
    const revealed = await named[draw.beacon].reveal({ round: Number(draw.round), chain: draw.chain });
    if (!revealed) {
      waits.push(draw.id);
      continue;
    }
    await retried(() => ctx.db.transaction((tx) => revealOne(ctx, tx, draw, revealed)));
    notifyChanged(ctx.db, [draw.beneficiary_id]);
  }
  return waits;
}

async function revealOne(ctx: Context, tx: Tx, draw: BoundDraw, revealed: Revealed): Promise<void> {
  const raw = rawOf(tx);
  const book = termsBook(ctx.db);
  const at = ctx.clock();
  await book.loadIds(raw, [draw.terms_id]);
  const { amount } = drawBonus(book.odds(draw.terms_id, draw.region), revealed.randomness, draw.id);
  const beneficiary = { lane: draw.beneficiary_lane, id: draw.beneficiary_id };
  const drawn = await raw`
    update draws set state = 'drawn', drawn_at = clock_timestamp(), amount = ${String(amount)},
           randomness = ${Buffer.from(revealed.randomness).toString("hex")}, signature = ${revealed.signature}
     where lane = ${draw.lane} and id = ${draw.id} and state = 'bound'`;
  if (drawn.count === 0) return;
  const { id, program, lane } = draw;
  const trigger = { lane, id: draw.trigger_id };
  const reward = { id, beneficiary, trigger };
  // A reward is pinned to its beneficiary's wallet as it is written: the locks come first, in everybody's order.
  await lockWallets(raw, book, [beneficiary, trigger]);
  await writeReward(raw, { ...reward, kind: "bonus", program, amount, life: book.creditLife(draw.terms_id) });
  await followStanding(raw, { book, at }, reward);
  await raw`
    update program_settings set reserved = reserved - ${draw.reserved}, spent = spent + ${String(amount)}
     where program = ${program}`;
}

import { rawOf, type Tx } from "@/db/client";
import { termsBook } from "@/lib/ledger/terms-book";
import { notifyChanged } from "@/lib/live/notify";
import type { Nanos } from "@/lib/money/nanos";
import { oddsRange } from "@/lib/programs/odds";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/services/retried";
import type { Beacon } from "./beacon";
import { beaconsOf } from "./beacons";
import { decideDue } from "./decide-due";
import { firstInLine, type QueuedDraw, tellWaiting, WINDOW } from "./queue";

/**
 * Fixes a future round for every due draw that nothing holds, in the order they became due: reserves the most the odds
 * allow from the program's budget (not enough: it and those behind it wait, are told so, and are tried again), then
 * lets the chosen beacon fix the round. Nothing a user or an operator chooses enters.
 * @param secret 32 bytes, from which the chains of the local beacon are made
 */
export async function bindDraws(ctx: Context, secret: Uint8Array): Promise<number> {
  await decideDue(ctx);
  const { chosen } = beaconsOf(secret);
  const full = new Set<string>();
  let bound = 0;
  for (let more = true; more; ) {
    const before = bound;
    const line = await firstInLine(ctx);
    for (const draw of line) {
      if (full.has(draw.program)) continue;
      const outcome = await inTransaction(ctx, (tx) => bindOne(ctx, tx, draw, chosen));
      if (outcome === "full") full.add(draw.program);
      if (outcome !== "bound") continue;
      bound += 1;
      notifyChanged(ctx.db, [draw.beneficiary_id]);
    }
    more = bound > before && line.length >= WINDOW;
  }
  await tellWaiting(ctx, [...full]);
  return bound;
}

async function bindOne(ctx: Context, tx: Tx, draw: QueuedDraw, beacon: Beacon): Promise<"bound" | "full" | "gone"> {
  const raw = rawOf(tx);
  const book = termsBook(ctx.db);
  await book.loadIds(raw, [draw.terms_id]);
  const { most } = oddsRange(book.odds(draw.terms_id, draw.region));
  const [current] = await raw<{ state: string }[]>`
    select state from draws where lane = ${draw.lane} and id = ${draw.id} for update`;
  if (current?.state !== "queued") return "gone";
  if (!(await reserveBudget(tx, draw.program, most))) return "full";
  const { boundAt, round, roundAt, chainId } = await beacon.bind(raw);
  await raw`
    update draws set state = 'bound', held_reason = null, bound_at = ${boundAt}, beacon = ${beacon.name},
           chain_id = ${chainId}, round = ${round}, round_at = ${roundAt}, reserved = ${String(most)}
     where lane = ${draw.lane} and id = ${draw.id}`;
  return "bound";
}

/** @returns whether the program may give as much; then it is reserved. */
async function reserveBudget(tx: Tx, program: string, most: Nanos): Promise<boolean> {
  const reserved = await rawOf(tx)`
    update program_settings set reserved = reserved + ${String(most)}
     where program = ${program} and not paused
       and (budget is null or reserved + spent + ${String(most)} <= budget)`;
  return reserved.count === 1;
}

import { asc, inArray } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { draws } from "@/db/schema/programs";
import { termsBook } from "@/lib/ledger/terms-book";
import { notifyChanged } from "@/lib/live/notify";
import type { Nanos } from "@/lib/money/nanos";
import { oddsRange } from "@/lib/programs/odds";
import type { Context } from "@/lib/services/context";
import type { Beacon } from "./beacon";
import { beaconsOf } from "./beacons";

type Draw = typeof draws.$inferSelect;

/**
 * Fixes a future round for every due draw, in the order they became due: reserves the most the odds allow from the
 * program's budget (not enough: queued, tried again), then lets the chosen beacon fix the round. Nothing a user or an
 * operator chooses enters.
 * @param secret 32 bytes, from which the chains of the local beacon are made
 */
export async function bindDraws(ctx: Context, secret: Uint8Array): Promise<number> {
  const waiting = await ctx.db
    .select()
    .from(draws)
    .where(inArray(draws.state, ["due", "queued"]))
    .orderBy(asc(draws.dueAt), asc(draws.kind), asc(draws.id))
    .limit(1_000);
  const { chosen } = beaconsOf(secret);
  let bound = 0;
  for (const draw of waiting) {
    const done = await ctx.db.transaction((tx) => bindOne(ctx, tx, draw, chosen));
    if (done) bound += 1;
    notifyChanged(ctx.db, [draw.beneficiaryId]);
  }
  return bound;
}

async function bindOne(ctx: Context, tx: Tx, draw: Draw, beacon: Beacon): Promise<boolean> {
  const raw = rawOf(tx);
  const book = termsBook(ctx.db);
  await book.loadIds(raw, [draw.termsId]);
  const { most } = oddsRange(book.odds(draw.termsId));
  const [current] = await raw<{ state: string }[]>`
    select state from draws where lane = ${draw.lane} and id = ${draw.id} for update`;
  if (current?.state !== "due" && current?.state !== "queued") return false;
  if (!(await reserveBudget(tx, draw.program, most))) {
    if (current.state === "due") {
      await raw`update draws set state = 'queued' where lane = ${draw.lane} and id = ${draw.id}`;
    }
    return false;
  }
  const { boundAt, round, roundAt, chainId } = await beacon.bind(raw);
  await raw`
    update draws set state = 'bound', bound_at = ${boundAt}, beacon = ${beacon.name}, chain_id = ${chainId},
           round = ${round}, round_at = ${roundAt}, reserved = ${String(most)}
     where lane = ${draw.lane} and id = ${draw.id}`;
  return true;
}

/** @returns whether the program may give as much; then it is reserved. */
async function reserveBudget(tx: Tx, program: string, most: Nanos): Promise<boolean> {
  const reserved = await rawOf(tx)`
    update program_settings set reserved = reserved + ${String(most)}
     where program = ${program} and not paused
       and (budget is null or reserved + spent + ${String(most)} <= budget)`;
  return reserved.count === 1;
}

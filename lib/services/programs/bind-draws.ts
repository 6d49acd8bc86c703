import { asc, inArray } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { draws } from "@/db/schema/programs";
import { termsBook } from "@/lib/ledger/terms-book";
import { notifyChanged } from "@/lib/live/notify";
import type { Nanos } from "@/lib/money/nanos";
import { ROUND_DELAY_MS } from "@/lib/programs/local-beacon";
import { oddsRange } from "@/lib/programs/odds";
import type { Context } from "@/lib/services/context";
import { nextLink } from "./local-chain";

/** Kept between the least the database accepts and what is asked for, so that a slow commit is not refused. */
const MARGIN_MS = 500;

type Draw = typeof draws.$inferSelect;

/**
 * Fixes a future round for every due draw, in the order they became due: reserves the most the odds allow from the
 * program's budget (not enough: queued, tried again), takes the next link of the chain. Nothing a user or an
 * operator chooses enters.
 * @param secret 32 bytes, from which the chains are made
 */
export async function bindDraws(ctx: Context, secret: Uint8Array): Promise<number> {
  const waiting = await ctx.db
    .select()
    .from(draws)
    .where(inArray(draws.state, ["due", "queued"]))
    .orderBy(asc(draws.dueAt), asc(draws.kind), asc(draws.id))
    .limit(1_000);
  let bound = 0;
  for (const draw of waiting) {
    const done = await ctx.db.transaction((tx) => bindOne(ctx, tx, draw, secret));
    if (done) bound += 1;
    notifyChanged(ctx.db, [draw.beneficiaryId]);
  }
  return bound;
}

async function bindOne(ctx: Context, tx: Tx, draw: Draw, secret: Uint8Array): Promise<boolean> {
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
  const link = await nextLink(raw, secret);
  await raw`
    with moment as (
      select clock_timestamp() as bound_at,
             greatest(clock_timestamp() + make_interval(secs => ${(ROUND_DELAY_MS + MARGIN_MS) / 1_000}),
                      (select last_round_at from beacon_chains where id = ${link.chainId})) as round_at),
    used as (
      update beacon_chains set last_round = ${link.distance}, last_round_at = moment.round_at
        from moment where id = ${link.chainId})
    update draws set state = 'bound', bound_at = moment.bound_at, beacon = 'local', chain_id = ${link.chainId},
           round = ${link.distance}, round_at = moment.round_at, reserved = ${String(most)}
      from moment where lane = ${draw.lane} and draws.id = ${draw.id}`;
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

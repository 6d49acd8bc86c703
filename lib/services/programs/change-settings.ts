import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { programSettings } from "@/db/schema/programs";
import { dollarsExact } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { record } from "@/lib/services/operators/audit";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";

export interface ChangeSettings {
  program: string;
  paused?: boolean;
  /** Most that may ever be given; null for no limit. Unchanged when absent. */
  budget?: Nanos | null;
  reason: string;
  /** E-mail of the operator. */
  actor: string;
}

/** What an operator may change of a program without new terms, and how it stands. */
export interface Settings {
  program: string;
  paused: boolean;
  budget: Nanos | null;
  /** Held for draws that are bound and not yet drawn. */
  reserved: Nanos;
  spent: Nanos;
}

type Row = typeof programSettings.$inferSelect;

/**
 * Pauses a program or lets it go on, and sets its budget. A budget below what is reserved and spent is refused
 * (`invalid`), and written down like every act; a program that does not exist is `not_found`. What is so already
 * changes nothing.
 */
export async function changeSettings(ctx: Context, input: ChangeSettings): Promise<Result<Settings>> {
  if (input.budget !== undefined && input.budget !== null && input.budget < 0n) {
    return refused("invalid", "a budget is not below zero; pause the program to give nothing", "budget");
  }
  return inTransaction(ctx, (tx) => changeIn(tx, input));
}

async function changeIn(tx: Tx, input: ChangeSettings): Promise<Result<Settings>> {
  const { program, reason, actor } = input;
  const [before] = await tx.select().from(programSettings).where(eq(programSettings.program, program)).for("update");
  if (!before) return refused("not_found", `there is no program ${program}`, "program");
  const paused = input.paused ?? before.paused;
  const budget = input.budget === undefined ? before.budget : input.budget;
  if (paused === before.paused && budget === before.budget) return done(toSettings(before), false);
  const act = { actor, act: "program.change", subject: program, reason };
  const detail = { before: settingsText(before), after: settingsText({ paused, budget }) };
  const taken = (before.reserved + before.spent) as Nanos;
  if (budget !== null && budget < taken) {
    const why = `a budget of ${dollarsExact(budget)} is below the ${dollarsExact(taken)} that ${program} has given and holds for draws under way; set at least that, or pause the program`;
    await record(tx, { ...act, outcome: "refused", detail: { ...detail, why } });
    return refused("invalid", why, "budget");
  }
  const [after] = await tx
    .update(programSettings)
    .set({ paused, budget })
    .where(eq(programSettings.program, program))
    .returning();
  if (!after) throw new Error(`The settings of ${program} were not written`);
  await record(tx, { ...act, outcome: "done", detail });
  return done(toSettings(after));
}

const toSettings = ({ program, paused, budget, reserved, spent }: Row): Settings => ({
  program,
  paused,
  budget,
  reserved,
  spent,
});

const settingsText = ({ paused, budget }: { paused: boolean; budget: Nanos | null }): string =>
  `${paused ? "paused" : "running"}, ${budget === null ? "no limit" : dollarsExact(budget)}`;

/** The settings of every program, with how many of its draws wait for a round and how many for an operator. */
export async function listSettings(ctx: Context): Promise<(Settings & { queued: number; held: number })[]> {
  const rows = await ctx.db.select().from(programSettings).orderBy(programSettings.program);
  const waiting = await ctx.db.$client<{ program: string; queued: number; held: number }[]>`
    select d.program, count(*) filter (where d.state in ('due', 'queued'))::int as queued,
           count(*) filter (where exists (select from reviews v where v.kind = 'bonus' and v.subject_id = d.id
                                             and v.state = 'open'))::int as held
      from draws d where d.state <> 'drawn' group by 1`;
  return rows.map((row) => {
    const { queued = 0, held = 0 } = waiting.find(({ program }) => program === row.program) ?? {};
    return { ...toSettings(row), queued, held };
  });
}

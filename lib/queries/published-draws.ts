import "server-only";
import { and, desc, inArray, lt } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { draws } from "@/db/schema/programs";
import { amountText } from "@/lib/money/format";

/** A draw as anyone may see it: nothing in it leads to a person. Times in ISO 8601. */
export interface PublishedDraw {
  drawId: string;
  program: string;
  beacon: "local" | "drand";
  round: string;
  roundAt: string;
  /** Null while the round is awaited. */
  drawnAt: string | null;
  /** Exact decimal dollars. */
  amount: string | null;
}

export interface PublishedDraws {
  draws: PublishedDraw[];
  /** Give it as `before` for the next page; null at the end. */
  next: string | null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Every draw that has a round, drawn or not, by falling id. Ids are made at sign-up and ordered by time, and the index
 * that finds one draw pages through all of them. What is no id of a draw as `before` means the first page.
 */
export async function publishedDraws({ limit, before }: { limit: number; before?: string }): Promise<PublishedDraws> {
  await connection();
  const older = before !== undefined && UUID.test(before) ? lt(draws.id, before) : undefined;
  const rows = await db()
    .select({
      id: draws.id,
      program: draws.program,
      beacon: draws.beacon,
      round: draws.round,
      roundAt: draws.roundAt,
      drawnAt: draws.drawnAt,
      amount: draws.amount,
    })
    .from(draws)
    .where(and(inArray(draws.state, ["bound", "drawn"]), older))
    .orderBy(desc(draws.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    draws: shown.flatMap(({ id, program, beacon, round, roundAt, drawnAt, amount }) =>
      beacon === null || round === null || roundAt === null
        ? []
        : {
            drawId: id,
            program,
            beacon,
            round: String(round),
            roundAt: roundAt.toISOString(),
            drawnAt: drawnAt?.toISOString() ?? null,
            amount: amount === null ? null : amountText(amount),
          },
    ),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

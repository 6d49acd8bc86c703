import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { amountText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { type ProgramSentences, programSentences } from "@/lib/programs/sentences";
import { currentPrograms } from "@/lib/queries/programs";
import { listSettings } from "@/lib/services/programs/change-settings";

/** How a program stands. Exact decimal dollars. */
export interface SettingsView {
  paused: boolean;
  /** Null for no limit. */
  budget: string | null;
  /** Held for draws that are bound and not drawn yet. */
  reserved: string;
  spent: string;
  /** What of the budget nobody has been promised; null for no limit. */
  left: string | null;
  /** Draws that wait for a round, and those that wait for an operator. */
  queued: number;
  held: number;
}

export interface ProgramView {
  program: string;
  /** The version that newcomers are pinned to. */
  version: string;
  /** ISO 8601 */
  effectiveFrom: string;
  sentences: ProgramSentences;
  /** Null for a program that draws no bonus: budget and pause are about draws. */
  settings: SettingsView | null;
}

/** Every program in force, with its settings. */
export async function programViews(): Promise<ProgramView[]> {
  await connection();
  const [inForce, all] = await Promise.all([currentPrograms(), listSettings({ db: db(), clock: () => new Date() })]);
  return inForce.map(({ terms, version, effectiveFrom }) => {
    // A fixed bonus is a draw with one outcome, and whoever joined under earlier terms still draws by those.
    const draws = terms.program === "signup-bonus" || terms.program === "referral";
    const row = draws ? all.find(({ program }) => program === terms.program) : undefined;
    return {
      program: terms.program,
      version,
      effectiveFrom,
      sentences: programSentences(terms),
      settings: row ? toSettings(row) : null,
    };
  });
}

type Row = Awaited<ReturnType<typeof listSettings>>[number];

const toSettings = ({ paused, budget, reserved, spent, queued, held }: Row): SettingsView => ({
  paused,
  budget: budget === null ? null : amountText(budget),
  reserved: amountText(reserved),
  spent: amountText(spent),
  left: budget === null ? null : amountText(nanos(budget - reserved - spent)),
  queued,
  held,
});

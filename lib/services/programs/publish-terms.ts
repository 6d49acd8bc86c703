import { and, eq, isNull } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { programSettings, terms } from "@/db/schema/programs";
import { notRunnable } from "@/lib/programs/runnable";
import { checkTerms, isProgram } from "@/lib/programs/terms";
import type { Context } from "@/lib/services/context";
import { record } from "@/lib/services/operators/audit";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";

export interface PublishTerms {
  program: string;
  /** Its name: one among the program's versions, for ever. */
  version: string;
  /** Not in the past, and after every other version's beginning. */
  effectiveFrom: Date;
  parameters: unknown;
  /** E-mail of who publishes it; `command` for a command on the server. */
  actor: string;
  reason: string;
}

export interface PublishedTerms {
  id: number;
  program: string;
  version: string;
  effectiveFrom: Date;
  /** The versions that end at its beginning. */
  ended: string[];
}

type Version = typeof terms.$inferSelect;

/**
 * Publishes a version of a program's terms, for good: who is enrolled from its beginning on is pinned to it, and nobody
 * enrolled before is touched. The version in force ends where it begins. Refuses parameters that are malformed or that
 * the engine cannot run, a beginning in the past or not after all others (`invalid`), and a name that stands for other
 * terms (`conflict`). The same again changes nothing. Refusals are in the audit log as well.
 */
export async function publishTerms(ctx: Context, input: PublishTerms): Promise<Result<PublishedTerms>> {
  return inTransaction(ctx, async (tx) => {
    const published = await publishIn(ctx, tx, input);
    const { actor, reason, program, version } = input;
    const act = { actor, act: "terms.publish", subject: `${program} ${version}`, reason };
    const from = input.effectiveFrom.toISOString();
    if (!published.ok) {
      await record(tx, { ...act, outcome: "refused", detail: { from, why: published.problem.detail } });
    } else if (published.created) {
      const ended = published.value.ended.join(", ");
      await record(tx, { ...act, outcome: "done", detail: { from, ...(ended === "" ? {} : { ended }) } });
    }
    return published;
  });
}

async function publishIn(ctx: Context, tx: Tx, input: PublishTerms): Promise<Result<PublishedTerms>> {
  const { program, version, effectiveFrom, parameters } = input;
  const problem = problemOf(input);
  if (problem) return refused("invalid", problem.detail, problem.path);
  await rawOf(tx)`select pg_advisory_xact_lock(hashtextextended('terms:' || ${program}, 0))`;
  const versions = await tx.select().from(terms).where(eq(terms.program, program)).orderBy(terms.effectiveFrom);
  const same = versions.find((each) => each.version === version);
  if (same) return sameAgain(same, input);
  const late = problemOfPeriod(versions, effectiveFrom, ctx.clock());
  if (late) return refused("invalid", late, "effectiveFrom");
  const open = and(eq(terms.program, program), isNull(terms.effectiveUntil));
  const ended = await tx.update(terms).set({ effectiveUntil: effectiveFrom }).where(open).returning();
  const [row] = await tx.insert(terms).values({ program, version, effectiveFrom, parameters }).returning();
  if (!row) throw new Error(`Terms ${program} ${version} were not written`);
  await tx.insert(programSettings).values({ program }).onConflictDoNothing();
  return done(toPublished(row, ended));
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function problemOf({ program, version, parameters, reason }: PublishTerms): { detail: string; path: string } | null {
  if (!isProgram(program)) return { detail: `there is no program "${program}"`, path: "program" };
  if (!NAME.test(version)) {
    return { detail: "version must be 1 to 64 letters, digits, dots, dashes or underscores", path: "version" };
  }
  if (reason.trim() === "") return { detail: "reason must say why, for the audit log", path: "reason" };
  const checked = checkTerms(program, parameters);
  const problems = checked.ok ? notRunnable(checked.terms) : checked.problems;
  const [first] = problems;
  if (!first) return null;
  const detail = problems.map(({ path, message }) => `${path || "parameters"} ${message}`).join("; ");
  return { detail, path: first.path === "" ? "parameters" : `parameters.${first.path}` };
}

/** Versions follow one another: none begins before another's beginning, or before another's end. */
function problemOfPeriod(versions: readonly Version[], from: Date, now: Date): string | null {
  if (from < now) return "effectiveFrom is in the past: terms are published before they are in force";
  const last = versions.findLast((each) => each.effectiveFrom >= from);
  if (last) {
    return `effectiveFrom must be after ${last.effectiveFrom.toISOString()}, when version ${last.version} begins`;
  }
  const overlapping = versions.find(({ effectiveUntil }) => effectiveUntil !== null && effectiveUntil > from);
  if (!overlapping?.effectiveUntil) return null;
  return `effectiveFrom must not be before ${overlapping.effectiveUntil.toISOString()}, when version ${overlapping.version} ends`;
}

/** jsonb keeps no order of keys: what was stored is compared with keys sorted. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;

function sameAgain(row: Version, { effectiveFrom, parameters }: PublishTerms): Result<PublishedTerms> {
  const isSame =
    row.effectiveFrom.getTime() === effectiveFrom.getTime() &&
    JSON.stringify(sorted(row.parameters)) === JSON.stringify(sorted(parameters));
  if (isSame) return done(toPublished(row, []), false);
  return refused("conflict", `version ${row.version} of ${row.program} is published with other content`, "version");
}

const toPublished = ({ id, program, version, effectiveFrom }: Version, ended: readonly Version[]): PublishedTerms => ({
  id,
  program,
  version,
  effectiveFrom,
  ended: ended.map((each) => each.version),
});

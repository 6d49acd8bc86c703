import "server-only";
import { and, asc, eq, gt, gte, inArray, sum } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { templateGathered, templateGatheredDays, templates } from "@/db/schema/usage";
import { runtimePeaks } from "@/lib/ledger/template-runtime";
import type { BasisPoints } from "@/lib/money/accrual";
import { amountText, percentText } from "@/lib/money/format";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import { templateChecklist } from "@/lib/programs/checklist";
import { type ShownCondition, showCondition } from "@/lib/programs/checklist-text";
import { runtimeMissing } from "@/lib/programs/gates";
import { type ProgramSentences, programSentences } from "@/lib/programs/sentences";
import type { Terms, TermsOf } from "@/lib/programs/terms";
import type { AccountKey } from "./account-key";
import { type Earned, nothingEarned, royaltiesByTemplate } from "./earnings";
import { pinnedTerms } from "./pinned-terms";
import { shareUrlOf } from "./shared-template";

/** A template as its creator sees it. Durations in whole milliseconds, amounts exact decimal dollars. */
export interface Template {
  /** The platform's name for it. */
  externalId: string;
  name: string;
  /** ISO 8601 */
  createdAt: string;
  registeredAt: string;
  /** Everybody's. */
  runtimeMs: string;
  gate: TemplateGate;
  /** Others who ever ran it. */
  users: number;
  /** Others' spend on pods that earns: see `provenance`. */
  spend: string;
  /** Whether what others paid for earns, or all they used. */
  provenance: TermsOf<"template-beta">["royalty"]["provenance"];
  /** Of that spend: "1%". */
  rate: string;
  royalty: Earned;
}

export interface TemplateGate {
  runtimeMs: string;
  /** What is still to run; "0" once reached. */
  remainingMs: string;
  /** 0 to 100 in hundredths, rounded down: for drawing. */
  percent: number;
  /** Whether total runtime ever reached it: from then on it stays met. */
  isMet: boolean;
  /** ISO 8601: when the sweep found it met, and released what was pending; null until then. */
  metAt: string | null;
}

const PAGE_SIZE = 20;
/** What no template is named, and the database refuses to compare with. */
const CONTROL = /\p{Cc}/u;

/**
 * An account's templates by their names on the platform.
 * @param after the name of the last one on the page before.
 */
export async function templatesPage(
  account: AccountKey,
  after: string | null,
): Promise<{ templates: Template[]; next: string | null }> {
  await connection();
  const rows = await db()
    .select()
    .from(templates)
    .where(
      and(
        eq(templates.creatorId, account.id),
        after === null || CONTROL.test(after) ? undefined : gt(templates.externalId, after),
      ),
    )
    .orderBy(asc(templates.externalId))
    .limit(PAGE_SIZE + 1);
  const shown = rows.slice(0, PAGE_SIZE);
  return {
    templates: (await described(account, shown)).map(({ template }) => template),
    next: rows.length > PAGE_SIZE ? (shown.at(-1)?.externalId ?? null) : null,
  };
}

/** One template, the rules it is pinned to, and each of its last days. */
export interface TemplateDetail {
  template: Template;
  rules: ProgramSentences;
  /** What the release of its royalty waits for. */
  conditions: ShownCondition[];
  royaltyRate: BasisPoints;
  /** The creator's referral link, leading to the template's public page. */
  shareUrl: string;
  history: TemplateDay[];
}

/**
 * Null when there is no template of this name, or it is somebody else's: nobody can tell which.
 * @param days how many UTC days to look back, today included.
 */
export async function templateOf(
  account: AccountKey,
  externalId: string,
  { days }: { days: number },
): Promise<TemplateDetail | null> {
  await connection();
  if (CONTROL.test(externalId)) return null;
  const rows = await db()
    .select()
    .from(templates)
    .where(and(eq(templates.externalId, externalId), eq(templates.creatorId, account.id)));
  const [found] = await described(account, rows);
  if (!found) return null;
  const { template, terms } = found;
  const { runtimeMs, gate } = template;
  const conditions = templateChecklist({
    isMet: gate.isMet,
    runtimeMs: BigInt(runtimeMs),
    gateMs: BigInt(gate.runtimeMs),
  }).map(showCondition);
  const [history, shareUrl] = await Promise.all([historyOf(externalId, days), shareUrlOf(account, externalId)]);
  return { template, rules: programSentences(terms), conditions, royaltyRate: terms.royalty.rate, shareUrl, history };
}

type TemplateRow = typeof templates.$inferSelect;

async function described(account: AccountKey, rows: readonly TemplateRow[]) {
  const names = rows.map(({ externalId }) => externalId);
  const [totalsOf, peaks, royalties, termsOf] = await Promise.all([
    totals(names),
    runtimePeaks(db().$client, account.id, names),
    royaltiesByTemplate(account, names),
    pinnedTerms(rows.map(({ termsId }) => termsId)),
  ]);
  return rows.map((row) => {
    const { runtimeMs, spend, users } = totalsOf.get(row.externalId) ?? { runtimeMs: 0n, spend: ZERO, users: 0 };
    const terms = royaltyTerms(termsOf(row.termsId));
    const template: Template = {
      externalId: row.externalId,
      name: row.name,
      createdAt: row.createdAt.toISOString(),
      registeredAt: row.registeredAt.toISOString(),
      runtimeMs: String(runtimeMs),
      gate: gateOf(row, { runtimeMs, peakMs: peaks.get(row.externalId) ?? 0n }, terms.gate.runtimeMs),
      users,
      spend: amountText(spend),
      provenance: terms.royalty.provenance,
      rate: percentText(terms.royalty.rate),
      royalty: royalties.get(row.externalId) ?? nothingEarned,
    };
    return { template, terms };
  });
}

interface Totals {
  runtimeMs: bigint;
  spend: Nanos;
  users: number;
}

async function totals(names: readonly string[]): Promise<Map<string, Totals>> {
  if (names.length === 0) return new Map();
  const rows = await db()
    .select()
    .from(templateGathered)
    .where(inArray(templateGathered.template, [...names]));
  return new Map(
    rows.map(({ template, runtimeMs, spend, users }) => [template, { runtimeMs, spend, users: Number(users) }]),
  );
}

function gateOf(
  row: TemplateRow,
  { runtimeMs, peakMs }: { runtimeMs: bigint; peakMs: bigint },
  neededMs: bigint,
): TemplateGate {
  const isMet = row.gateMetAt !== null || peakMs >= neededMs;
  return {
    runtimeMs: String(neededMs),
    remainingMs: String(isMet ? 0n : runtimeMissing(runtimeMs, neededMs)),
    percent: isMet ? 100 : Number((runtimeMs * 10_000n) / neededMs) / 100,
    isMet,
    metAt: row.gateMetAt?.toISOString() ?? null,
  };
}

function royaltyTerms(terms: Terms): TermsOf<"template-beta"> {
  if (terms.program !== "template-beta") throw new Error(`${terms.program} pays no royalty`);
  return terms;
}

const MS_PER_DAY = 86_400_000;

/** Whole milliseconds of everybody's runtime, others' spend that earns in exact decimal dollars. */
export interface TemplateDay {
  /** YYYY-MM-DD, UTC */
  start: string;
  runtimeMs: string;
  spend: string;
}

/** Oldest first; days without usage are zero. */
async function historyOf(externalId: string, count: number): Promise<TemplateDay[]> {
  const today = Date.now();
  const period = Array.from({ length: count }, (_, index) => dayText(today - (count - 1 - index) * MS_PER_DAY));
  const rows = await db()
    .select({
      day: templateGatheredDays.day,
      runtimeMs: sum(templateGatheredDays.runtimeMs),
      spend: sum(templateGatheredDays.spend),
    })
    .from(templateGatheredDays)
    .where(
      and(eq(templateGatheredDays.template, externalId), gte(templateGatheredDays.day, period[0] ?? dayText(today))),
    )
    .groupBy(templateGatheredDays.day);
  const found = new Map(rows.map((row) => [row.day, row]));
  return period.map((day) => {
    const { runtimeMs, spend } = found.get(day) ?? { runtimeMs: null, spend: null };
    return { start: day, runtimeMs: runtimeMs ?? "0", spend: amountText(nanos(BigInt(spend ?? 0))) };
  });
}

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

import "server-only";
import { and, desc, eq, gt, sql, sum } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { postings } from "@/db/schema/ledger";
import { accrualOutbox, earnings, terms } from "@/db/schema/programs";
import { templateGathered, templateGatheredDays, templates } from "@/db/schema/usage";
import { type Accrual, accrual, accrue } from "@/lib/money/accrual";
import { accrualText, amountText, percentText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import type { Provenance } from "@/lib/programs/account";
import { parseTerms } from "@/lib/programs/terms";
import type { AccountKey } from "@/lib/queries/account-key";
import { listReferralsIn } from "@/lib/services/referrals/list-referrals";

/** One source of what was earned: a pair and service, or a day of a template. Exact decimal dollars. */
export interface EarningSource {
  /** ISO 8601: when the referred account signed up, or the day. */
  day: string;
  /** The service; null for a template, which earns on pods alone. */
  service: string | null;
  base: string;
  /** What of usage it is: what money paid for, or all of it. */
  provenance: Provenance;
  /** "3%" */
  rate: string;
  accrual: string;
  version: string;
}

/** How a commission or royalty came about. Exact decimal dollars; accruals to thirteen digits. */
export interface EarningWhy {
  program: string;
  template: string | null;
  /** Counts the sweeps that posted for this program and template. */
  number: string;
  /** All that had accrued by then, and by the sweep before; null in postings that do not say. */
  accrued: string | null;
  accruedBefore: string | null;
  /** What of it was posted before. */
  before: string | null;
  gained: string;
  released: string;
  /** The most that the terms let be posted; null where they do not limit it. */
  limit: string | null;
  /** As of now: the newest sources, what the others come to, and all of it. */
  sources: EarningSource[];
  others: string;
  accruedNow: string;
  /** What accrued since this posting; null where the posting does not say what had accrued by then. */
  since: string | null;
}

const SOURCES_SHOWN = 100;

type Explains = Readonly<Record<string, string>>;

/** @param posting a commission or a royalty of this account */
export async function earningOf(
  tx: Tx,
  account: AccountKey,
  { cause, explains }: { cause: string; explains: Explains },
): Promise<EarningWhy> {
  const { program = "", template = null, referral, part = "" } = explains;
  const gathered = referral ?? part;
  const number = cause.slice(cause.lastIndexOf(":") + 1);
  const [now, sources] = await Promise.all([
    accruedNow(tx, account, { program, part: template ?? gathered }),
    template === null ? pairsOf(tx, account, program, gathered) : daysOf(tx, template),
  ]);
  const shown = sources.slice(0, SOURCES_SHOWN);
  const total = shown.reduce((all, { accrual: each }) => all + each, 0n);
  const accrued = explains.accrued ?? null;
  return {
    program,
    template,
    number,
    accrued,
    accruedBefore: await accruedBefore(tx, account, cause, number),
    before: explains.before ?? null,
    gained: explains.gained ?? "0",
    released: explains.released ?? "0",
    limit: explains.limit ?? null,
    sources: shown.map((source) => ({ ...source, accrual: accrualText(source.accrual) })),
    others: accrualText(accrual(now - total)),
    accruedNow: accrualText(now),
    since: accrued === null ? null : accrualText(accrual(now - accrualOf(accrued))),
  };
}

/** Reads what `accrualText` wrote. */
function accrualOf(text: string): Accrual {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole) * 10n ** 13n + BigInt(fraction.padEnd(13, "0"));
  return accrual(text.startsWith("-") ? -value : value);
}

async function accruedNow(tx: Tx, account: AccountKey, { program, part }: { program: string; part: string }) {
  const rows = await tx.execute<{ accrued: string | null }>(sql`
    select sum(accrued) as accrued
      from (select accrued from ${earnings}
             where lane = ${account.lane} and account_id = ${account.id} and program = ${program} and template = ${part}
             union all
            select accrual from ${accrualOutbox}
             where beneficiary_id = ${account.id} and program = ${program} and template = ${part}) owed`);
  return accrual(BigInt(rows[0]?.accrued ?? 0));
}

/** What the sweep before this one had found. */
async function accruedBefore(tx: Tx, account: AccountKey, cause: string, number: string): Promise<string | null> {
  if (number === "1") return "0";
  const earlier = `${cause.slice(0, cause.lastIndexOf(":"))}:${BigInt(number) - 1n}`;
  const [row] = await tx
    .select({ explains: postings.explains })
    .from(postings)
    .where(and(eq(postings.lane, account.lane), eq(postings.cause, earlier)));
  return row?.explains.accrued ?? null;
}

type Source = Omit<EarningSource, "accrual"> & { accrual: Accrual };

/** A referrer's pairs, named by the day they signed up; a pair in review keeps a part of its own. */
async function pairsOf(tx: Tx, account: AccountKey, program: string, part: string): Promise<Source[]> {
  const pairs = await listReferralsIn(db(), tx, account, { limit: SOURCES_SHOWN, after: null }, new Date());
  return pairs
    .filter((pair) => pair.program === program && (isInReview(pair.conditions) ? pair.id === part : pair.part === part))
    .flatMap(({ signedUpAt, version, provenance, earned }) =>
      earned
        .filter(({ accrual: each }) => each !== 0n)
        .map(({ service, rate, accrual: each }) => ({
          day: signedUpAt.toISOString(),
          service,
          base: amountText(nanos(each / rate)),
          provenance,
          rate: percentText(rate),
          accrual: each,
          version,
        })),
    );
}

const isInReview = (conditions: readonly { name: string; state: string }[]): boolean =>
  conditions.some(({ name, state }) => name === "pair" && state !== "met");

/** A template's days, newest first; the terms it is pinned to give the rate. */
async function daysOf(tx: Tx, template: string): Promise<Source[]> {
  const [pinned] = await tx
    .select({ program: terms.program, version: terms.version, parameters: terms.parameters })
    .from(templates)
    .innerJoin(terms, eq(terms.id, templates.termsId))
    .where(eq(templates.externalId, template));
  const [gathered] = await tx.select().from(templateGathered).where(eq(templateGathered.template, template));
  if (!pinned || !gathered) return [];
  const parsed = parseTerms(pinned.program, pinned.parameters);
  if (parsed.program !== "template-beta") throw new Error(`Template ${template} is pinned to ${parsed.program}`);
  const { rate, provenance } = parsed.royalty;
  const days = await tx
    .select({ day: templateGatheredDays.day, spend: sum(templateGatheredDays.spend) })
    .from(templateGatheredDays)
    .where(eq(templateGatheredDays.template, template))
    .groupBy(templateGatheredDays.day)
    .having(gt(sum(templateGatheredDays.spend), "0"))
    .orderBy(desc(templateGatheredDays.day))
    .limit(SOURCES_SHOWN);
  return days.map(({ day, spend }) => {
    const base = nanos(BigInt(spend ?? 0));
    return {
      day,
      service: null,
      base: amountText(base),
      provenance,
      rate: percentText(rate),
      accrual: accrue(base, rate),
      version: pinned.version,
    };
  });
}

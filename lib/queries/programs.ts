import "server-only";
import { and, desc, gt, isNull, lte, or } from "drizzle-orm";
import { connection } from "next/server";
import { cache } from "react";
import { db } from "@/db/client";
import { terms } from "@/db/schema/programs";
import { type InvitationTerms, invitationTerms } from "@/lib/programs/invitation";
import { type ProgramName, parseTerms, type Terms, type TermsOf } from "@/lib/programs/terms";

export interface ProgramInForce {
  version: string;
  /** ISO 8601 */
  effectiveFrom: string;
  terms: Terms;
}

/** The order in which a newcomer meets them. */
const order: readonly ProgramName[] = [
  "signup-bonus",
  "referral",
  "referral-beta",
  "serverless-referral-beta",
  "template-beta",
];

/** The version of every program that is in force now, as the engine runs it. */
export const currentPrograms = cache(async (): Promise<ProgramInForce[]> => {
  await connection();
  const now = new Date();
  const rows = await db()
    .selectDistinctOn([terms.program])
    .from(terms)
    .where(and(lte(terms.effectiveFrom, now), or(isNull(terms.effectiveUntil), gt(terms.effectiveUntil, now))))
    .orderBy(terms.program, desc(terms.effectiveFrom));
  return rows
    .map(({ program, version, effectiveFrom, parameters }) => ({
      version,
      effectiveFrom: effectiveFrom.toISOString(),
      terms: parseTerms(program, parameters),
    }))
    .sort((a, b) => order.indexOf(a.terms.program) - order.indexOf(b.terms.program));
});

/** The referral terms a new pair is pinned to; undefined while there are none. */
export const referralInForce = async (): Promise<TermsOf<"referral"> | undefined> =>
  (await currentPrograms()).flatMap(({ terms: each }) => (each.program === "referral" ? each : []))[0];

/** What somebody who is invited now is told; null while there are no terms to be referred under. */
export async function invitationInForce(): Promise<InvitationTerms | null> {
  const current = await referralInForce();
  return current ? invitationTerms(current) : null;
}

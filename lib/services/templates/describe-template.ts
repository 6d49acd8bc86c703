import { eq } from "drizzle-orm";
import { type Db, rawOf } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { templates } from "@/db/schema/usage";
import { runtimePeaks } from "@/lib/ledger/template-runtime";
import { termsBook } from "@/lib/ledger/terms-book";
import type { Accrual } from "@/lib/money/accrual";
import { accrualText, amountText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";

interface TotalsRow {
  runtime_ms: string;
  spend: string;
  users: string;
  accrued: string;
  pending: string;
  released: string;
}

/** A template as the machine API shows it; null when it is not registered. */
export async function describeTemplate(db: Db, externalId: string) {
  return db.transaction(
    async (tx) => {
      const raw = rawOf(tx);
      const [found] = await tx
        .select({ template: templates, creator: accounts.externalId })
        .from(templates)
        .innerJoin(accounts, eq(accounts.id, templates.creatorId))
        .where(eq(templates.externalId, externalId));
      if (!found) return null;
      const book = termsBook(db);
      await book.loadIds(raw, [found.template.termsId]);
      const { gateMs } = book.royalty(found.template.termsId);
      const [totals] = await raw<TotalsRow[]>`
        select g.runtime_ms, g.spend, g.users,
               coalesce(e.accrued, 0) + (select coalesce(sum(o.accrual), 0) from accrual_outbox o
                                          where o.beneficiary_id = c.creator_id and o.template = ${externalId}) as accrued,
               coalesce(e.pending, 0) as pending, coalesce(e.released, 0) as released
          from (select creator_lane, creator_id from templates where external_id = ${externalId}) c
          join template_gathered g on g.template = ${externalId}
          left join earnings e on e.lane = c.creator_lane and e.account_id = c.creator_id
                              and e.program = 'template-beta' and e.template = ${externalId}`;
      const peakMs = (await runtimePeaks(raw, found.template.creatorId, [externalId])).get(externalId);
      if (!totals || peakMs === undefined) throw new Error(`Template ${externalId} has no totals`);
      return {
        externalId,
        creator: found.creator,
        name: found.template.name,
        createdAt: found.template.createdAt.toISOString(),
        runtimeMs: Number(totals.runtime_ms),
        gateMs: Number(gateMs),
        gateMet: found.template.gateMetAt !== null || peakMs >= gateMs,
        users: Number(totals.users),
        spend: amountText(BigInt(totals.spend) as Nanos),
        royalty: {
          accrued: accrualText(BigInt(totals.accrued) as Accrual),
          pending: amountText(BigInt(totals.pending) as Nanos),
          released: amountText(BigInt(totals.released) as Nanos),
        },
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

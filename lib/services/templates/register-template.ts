import { and, eq } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { templateRenames, templates } from "@/db/schema/usage";
import { holdTemplateName } from "@/lib/ledger/templates";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { termsInForce } from "@/lib/services/terms-in-force";
import { claimUsage } from "./claim-usage";

export type Template = typeof templates.$inferSelect;

export interface RegisterTemplate {
  externalId: string;
  creator: AccountRef;
  name: string;
  /** May lie in the past; an hour ahead at most. */
  createdAt?: Date;
}

const HOUR_MS = 3_600_000;

/**
 * Registers a template, pinned to the royalty terms in force. Pod usage that named it up to 30 days before joins it.
 * The same request again changes nothing.
 */
export async function registerTemplate(ctx: Context, input: RegisterTemplate): Promise<Result<Template>> {
  const now = ctx.clock();
  if (input.createdAt && input.createdAt.getTime() > now.getTime() + HOUR_MS) {
    return refused("invalid", "createdAt is more than an hour ahead; send when the template was made", "createdAt");
  }
  const registered = await inTransaction(ctx, async (tx): Promise<Result<Template>> => {
    // Batches that found the name free finish first, so that everything they left unclaimed is found below.
    await holdTemplateName(rawOf(tx), input.externalId);
    const [before] = await tx.select().from(templates).where(eq(templates.externalId, input.externalId));
    if (before) return same(before, input, await firstName(tx, before));
    const terms = await termsInForce(tx, "template-beta", now);
    if (!terms) return refused("invalid", "no royalty program is in force, so templates cannot be registered now");
    const [row] = await tx
      .insert(templates)
      .values({
        externalId: input.externalId,
        creatorLane: input.creator.lane,
        creatorId: input.creator.id,
        name: input.name,
        createdAt: input.createdAt ?? now,
        registeredAt: now,
        termsId: terms.id,
      })
      .returning();
    if (!row) throw new Error(`Template ${input.externalId} was not written`);
    return done(row);
  });
  if (registered.ok) {
    await claimUsage(ctx, input.externalId);
    notifyChanged(ctx.db, [input.creator.id]);
  }
  return registered;
}

/** What it was registered as: a renaming since then makes the same request no other one. */
async function firstName(tx: Tx, { externalId, name }: Template): Promise<string> {
  const [renamed] = await tx
    .select({ before: templateRenames.before })
    .from(templateRenames)
    .where(and(eq(templateRenames.template, externalId), eq(templateRenames.number, 1)));
  return renamed?.before ?? name;
}

function same(before: Template, input: RegisterTemplate, firstName: string): Result<Template> {
  const equal =
    before.creatorId === input.creator.id &&
    firstName === input.name &&
    (!input.createdAt || before.createdAt.getTime() === input.createdAt.getTime());
  return equal
    ? done(before, false)
    : refused("conflict", `externalId ${input.externalId} names another template`, "externalId");
}

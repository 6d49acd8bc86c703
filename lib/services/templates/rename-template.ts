import { and, count, eq } from "drizzle-orm";
import { templateRenames, templates } from "@/db/schema/usage";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import type { Template } from "./register-template";
import { readTemplateName } from "./template-name";

interface RenameTemplate {
  /** Who asks: its creator alone may. */
  creator: AccountRef;
  externalId: string;
  name: string;
}

/** So often a template is renamed at most: each name is kept for ever. */
const RENAMES_MAX = 100;

/**
 * Gives a template another name to be shown by. What usage names it by, its terms and what it earned stay; every name
 * it had is remembered. The name it has changes nothing. Refuses `not_found` for what is not the creator's.
 */
export async function renameTemplate(
  ctx: Context,
  { creator, externalId, name: typed }: RenameTemplate,
): Promise<Result<Template>> {
  const name = readTemplateName(typed);
  if (!name.ok) return name;
  const renamed = await ctx.db.transaction(async (tx): Promise<Result<Template>> => {
    const [before] = await tx
      .select()
      .from(templates)
      .where(and(eq(templates.externalId, externalId), eq(templates.creatorId, creator.id)))
      .for("update");
    if (!before) return refused("not_found", "You have no such template.");
    if (before.name === name.value) return done(before, false);
    const [past] = await tx
      .select({ count: count() })
      .from(templateRenames)
      .where(eq(templateRenames.template, externalId));
    const number = (past?.count ?? 0) + 1;
    if (number > RENAMES_MAX) {
      return refused("invalid", `It was renamed ${RENAMES_MAX} times, which is the most.`, "name");
    }
    await tx
      .insert(templateRenames)
      .values({ template: externalId, number, before: before.name, after: name.value, at: ctx.clock() });
    await tx.update(templates).set({ name: name.value }).where(eq(templates.externalId, externalId));
    return done({ ...before, name: name.value });
  });
  if (renamed.ok && renamed.created) notifyChanged(ctx.db, [creator.id]);
  return renamed;
}

import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import type { AccountRef } from "@/lib/ledger/wallet";
import { listAccounts } from "@/lib/services/accounts/list-accounts";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import type { Context } from "@/lib/services/context";
import { namePattern } from "@/lib/services/names";
import { done, type Result, refused } from "@/lib/services/result";

export interface NamedAccount extends AccountRef {
  externalId: string;
}

/**
 * The one account that what an operator typed means: by a name it answers to, or by its e-mail. Refused when there is
 * none (`not_found`) and when several have the address (`conflict`).
 */
export async function nameAccount(ctx: Context, typed: string): Promise<Result<NamedAccount>> {
  const text = typed.trim();
  const byName = namePattern.test(text) ? (await resolveNames(ctx.db, [text])).get(text) : undefined;
  const found = byName ? [byName] : await listAccounts(ctx.db, { email: text, limit: 2 });
  const [ref, second] = found;
  if (!ref) return refused("not_found", `No account has the name or e-mail ${text}.`, "account");
  if (second) return refused("conflict", `Several accounts have the e-mail ${text}: name one of them.`, "account");
  const [row] = await ctx.db
    .select({ externalId: accounts.externalId })
    .from(accounts)
    .where(and(eq(accounts.lane, ref.lane), eq(accounts.id, ref.id)));
  if (!row) throw new Error(`Account ${ref.id} has a name and no row`);
  return done({ ...ref, externalId: row.externalId }, false);
}

import type { Context as HonoContext } from "hono";
import type { AccountRef } from "@/lib/ledger/wallet";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import type { Context } from "@/lib/services/context";
import { namePattern } from "@/lib/services/names";
import { problem } from "./problem";

/** The account a path names, by any name it answers to. */
export async function findAccount(ctx: Context, name: string): Promise<AccountRef | null> {
  if (!namePattern.test(name)) return null;
  return (await resolveNames(ctx.db, [name])).get(name) ?? null;
}

export const noAccount = (c: HonoContext) => problem(c, 404, "There is no such account");

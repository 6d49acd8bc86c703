"use server";

import { z } from "zod";
import { Reason, text } from "@/app/operator/fields";
import { operatorAction } from "@/app/operator/operator-action";
import type { ActState } from "@/components/operator/act-state";
import type { Context } from "@/lib/services/context";
import { type NamedAccount, nameAccount } from "@/lib/services/operators/name-account";
import { done, type Result, refused } from "@/lib/services/result";
import { joinAccounts } from "@/lib/services/reviews/join-accounts";

const JOINED_MAX = 50;

async function named(ctx: Context, typed: string): Promise<Result<NamedAccount[]>> {
  const names = [...new Set(typed.split(/[\s,;]+/).filter(Boolean))];
  if (names.length > JOINED_MAX) return refused("invalid", `Join at most ${JOINED_MAX} at once.`, "accounts");
  const accounts: NamedAccount[] = [];
  for (const name of names) {
    const account = await nameAccount(ctx, name);
    if (!account.ok) return refused(account.problem.code, account.problem.detail, "accounts");
    accounts.push(account.value);
  }
  return done(accounts);
}

const join = operatorAction({
  act: "accounts.join",
  schema: z.object({ accounts: text(2_000).min(1, "Name at least two accounts."), reason: Reason }),
  run: async ({ ctx, actor, input }) => {
    const accounts = await named(ctx, input.accounts);
    return accounts.ok ? joinAccounts(ctx, { accounts: accounts.value, reason: input.reason, actor }) : accounts;
  },
  next: ({ id }) => `/operator/clusters?${new URLSearchParams({ cluster: id })}`,
});

export async function joinIntoCluster(previous: ActState, form: FormData): Promise<ActState> {
  return join(previous, form);
}

import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import { applications } from "@/db/schema/programs";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import type { Application } from "@/lib/services/referrals/apply";
import { type Decide, decideApplication } from "@/lib/services/referrals/decide";
import { type Result, refused } from "@/lib/services/result";
import { audited } from "./audited";
import { isOwnAccount } from "./own-account";

/** An operator's word on an application, in the audit log. Refused to whose application it is (`invalid`). */
export async function decideApplicationAs(
  ctx: Context,
  { actor, ...decision }: Decide & { actor: string },
): Promise<Result<Application>> {
  const { reference, accept, reason } = decision;
  const [applicant] = await ctx.db
    .select({ lane: accounts.lane, id: accounts.id, externalId: accounts.externalId })
    .from(applications)
    .innerJoin(accounts, and(eq(accounts.lane, applications.lane), eq(accounts.id, applications.accountId)))
    .where(eq(applications.reference, reference));
  const act = accept ? "application.accept" : "application.decline";
  const line = { actor, act, subject: applicant?.externalId ?? reference, reason, detail: { reference } };
  const result = await audited(ctx, line, async (inner): Promise<Result<Application>> => {
    if (applicant && (await isOwnAccount(inner.db, applicant, actor))) {
      return refused("invalid", "This is your own application: another operator decides about it.");
    }
    return decideApplication(inner, decision);
  });
  if (result.ok) notifyChanged(ctx.db, [result.value.accountId]);
  return result;
}

import { notifyChanged } from "@/lib/live/notify";
import { dollarsExact } from "@/lib/money/format";
import type { Context } from "@/lib/services/context";
import { type Grant, type GrantCredit, grantCredit } from "@/lib/services/funds/grant-credit";
import type { Result } from "@/lib/services/result";
import { audited } from "./audited";

/** A grant of the platform's own program, in the audit log: its key is trusted with any amount. */
export async function grantCreditAs(
  ctx: Context,
  { actor, subject, ...grant }: GrantCredit & { actor: string /** How the account was named. */; subject: string },
): Promise<Result<Grant>> {
  const { account, reference, bucket, amount, reason, expiresAt } = grant;
  const expires = expiresAt ? { expiresAt: expiresAt.toISOString() } : {};
  const detail = { amount: dollarsExact(amount), bucket, reference, ...expires };
  const line = { actor, act: "credit.grant", subject, reason, detail };
  const result = await audited(ctx, line, (inner) => grantCredit(inner, grant));
  // Again, and now for certain after the commit.
  if (result.ok) notifyChanged(ctx.db, [account.id]);
  return result;
}

import { randomUUID } from "node:crypto";
import { openAccount } from "@/lib/services/accounts/open-account";
import type { ApiHarness, ApiProcess } from "./api-harness";

/**
 * A person of this mailbox who signs in for the first time, in one way.
 * @returns what makes the account, at any process, once however often
 */
export async function signIn(
  api: ApiHarness,
  {
    email,
    way,
    referralCode,
    moment,
  }: { email: string; way: string; referralCode: string | undefined; moment: { atMs: number } },
): Promise<(process: ApiProcess) => Promise<void>> {
  const userId = randomUUID();
  await api.owner`insert into users (id, email) values (${userId}, ${email})`;
  await api.owner`
    insert into sign_ins (user_id, type, provider, provider_account_id)
    values (${userId}, ${way === "email" ? "email" : "oauth"}, ${way}, ${way === "email" ? email : userId})`;
  const request = { userId, email, emailVerified: true, ...(referralCode === undefined ? {} : { referralCode }) };
  return async ({ db }) => {
    const opened = await openAccount({ db, clock: () => new Date(moment.atMs) }, request);
    if (!opened.ok) throw new Error(opened.problem.detail);
  };
}

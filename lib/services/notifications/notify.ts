import { rawOf, type Tx } from "@/db/client";
import type { AccountRef } from "@/lib/ledger/wallet";
import { kinds, type Told } from "./kinds";

export type Notify = Told & {
  account: AccountRef;
  /** What happened, by a name of its own within the account: under one name a thing is told once. */
  cause: string;
  /** When it happened. */
  at: Date;
};

/**
 * Tells an account of something, in the transaction that makes it happen: in its list, by e-mail, both or neither, as
 * it chose. Whoever commits says `notifyChanged` afterwards, so that open screens hear of it.
 * @returns whether it is news: false when it was told before, or the account is closed
 * @throws ZodError for facts that are not those of the kind
 */
export async function notify(tx: Tx, { account, kind, cause, at, facts }: Notify): Promise<boolean> {
  const content = JSON.stringify(kinds[kind].parse(facts));
  const [row] = await rawOf(tx)<{ news: boolean }[]>`
    select notify_account(${account.lane}::smallint, ${account.id}::uuid, ${kind}, ${cause},
                          ${at.toISOString()}::timestamptz, ${content}::text::jsonb) as news`;
  return row?.news ?? false;
}

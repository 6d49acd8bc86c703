import type { TransactionSql } from "postgres";
import { v7 as timeOrderedId } from "uuid";
import { rawOf, type Tx } from "@/db/client";
import { arrayLiteral } from "@/lib/ledger/sql-arrays";
import { termsBook } from "@/lib/ledger/terms-book";
import { type AccountRef, lockWallets } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { record } from "@/lib/services/operators/audit";
import { done, type Result, refused } from "@/lib/services/result";
import { retried } from "@/lib/services/retried";
import { judgeAgain, openPairReview, type Pair } from "./open-pair-review";

export interface JoinAccounts {
  /** Two or more. */
  accounts: readonly AccountRef[];
  reason: string;
  /** E-mail of the operator. */
  actor: string;
}

export interface Cluster {
  id: string;
  /** All its accounts, those of earlier clusters that were joined to it included. */
  accountIds: readonly string[];
  /** Usage dated at or after it earns nothing among them. */
  since: Date;
}

interface Member extends AccountRef {
  cluster_id: string | null;
}

/**
 * An operator found that accounts belong to one person. From then on nothing is earned among them: the commission
 * window of pairs among them ends, templates among them count as own use, and those pairs and bonuses without a round
 * are held for review. `invalid` with fewer than two accounts, `not_found` for one that does not exist. Joining what is
 * joined changes nothing.
 */
export async function joinAccounts(ctx: Context, input: JoinAccounts): Promise<Result<Cluster>> {
  const ids = new Set(input.accounts.map(({ id }) => id));
  if (ids.size < 2) return refused("invalid", "name at least two accounts to join", "accounts");
  const joined = await retried(() => ctx.db.transaction((tx) => joinIn(ctx, tx, input)));
  if (joined.ok) notifyChanged(ctx.db, joined.value.accountIds);
  return joined;
}

async function joinIn(ctx: Context, tx: Tx, { accounts, reason, actor }: JoinAccounts): Promise<Result<Cluster>> {
  const raw = rawOf(tx);
  const at = ctx.clock();
  // Joins are rare; one at a time, each sees what the one before left.
  await raw`select pg_advisory_xact_lock(hashtextextended('clusters', 0))`;
  const members = await readMembers(raw, accounts);
  const found = new Set(members.map(({ id }) => id));
  const missing = accounts.find(({ id }) => !found.has(id));
  if (missing) return refused("not_found", `there is no account ${missing.id}`, "accounts");
  const clusters = [...new Set(members.flatMap(({ cluster_id }) => cluster_id ?? []))].sort();
  const id = clusters[0] ?? timeOrderedId();
  const accountIds = members.map((member) => member.id);
  const wallets = await lockWallets(raw, termsBook(ctx.db), members);
  const coming = members.filter(({ cluster_id }) => cluster_id !== id);
  if (coming.length === 0) return done({ id, accountIds, since: at }, false);

  const since = await afterAllUsage(raw, members, at);
  await writeJoins(raw, coming, { id, since, reason, actor });
  for (const pair of await pairsAmong(raw, accountIds)) {
    await raw`
      update referrals set window_end = least(coalesce(window_end, ${since.toISOString()}), ${since.toISOString()})
       where lane = ${pair.lane} and referred_id = ${pair.referredId}`;
    const wallet = wallets.get(pair.referredId);
    if (wallet) await openPairReview(raw, { pair, wallet, reason: "cluster", at });
  }
  await judgeAgain(raw, members);
  const detail = { accounts: accountIds.join(" "), joined: coming.map((each) => each.id).join(" ") };
  await record(tx, { actor, act: "accounts.join", subject: id, reason, outcome: "done", detail });
  return done({ id, accountIds, since });
}

/** The accounts and everybody in their clusters, in no order. */
const readMembers = (raw: TransactionSql, accounts: readonly AccountRef[]) => raw<Member[]>`
  with named as (
    select w.lane, w.account_id, w.cluster_id
      from unnest(${arrayLiteral(accounts.map(({ lane }) => lane))}::smallint[],
                  ${arrayLiteral(accounts.map(({ id }) => id))}::uuid[]) as u (lane, id)
      join wallets w on w.lane = u.lane and w.account_id = u.id)
  select lane, account_id as id, cluster_id from named
   union
  select w.lane, w.account_id, w.cluster_id from named n
    join cluster_joins j on j.cluster_id = n.cluster_id
    join wallets w on w.lane = j.lane and w.account_id = j.account_id`;

/**
 * Usage that was posted keeps what it earned, also when it is dated ahead, so the line is drawn behind all of it. By
 * the events' own time, which is what is known of each of them for ever.
 */
async function afterAllUsage(raw: TransactionSql, members: readonly Member[], at: Date): Promise<Date> {
  let sinceMs = at.getTime();
  for (const { lane, id } of members) {
    const [row] = await raw<{ last_ms: string | null }[]>`
      select (extract(epoch from max(ended_at)) * 1000)::bigint as last_ms from usage_events
       where lane = ${lane} and account_id = ${id}`;
    if (row?.last_ms) sinceMs = Math.max(sinceMs, Number(row.last_ms) + 1);
  }
  return new Date(sinceMs);
}

async function writeJoins(
  raw: TransactionSql,
  coming: readonly Member[],
  { id, since, reason, actor }: { id: string; since: Date; reason: string; actor: string },
): Promise<void> {
  for (const { lane, id: accountId } of coming) {
    await raw`
      insert into cluster_joins (id, cluster_id, lane, account_id, joined_by, joined_at, reason)
      values (${timeOrderedId()}, ${id}, ${lane}, ${accountId}, ${actor}, ${since.toISOString()}, ${reason})`;
    await raw`update wallets set cluster_id = ${id} where lane = ${lane} and account_id = ${accountId}`;
  }
}

const pairsAmong = (raw: TransactionSql, ids: readonly string[]) => raw<Pair[]>`
  select id, lane, referred_id as "referredId", referrer_id as "referrerId" from referrals
   where referrer_id in ${raw(ids)} and referred_id in ${raw(ids)} and void_reason is null
     and hold is distinct from 'refused'`;

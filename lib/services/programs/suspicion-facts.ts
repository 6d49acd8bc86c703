import type { TransactionSql } from "postgres";
import { arrayLiteral } from "@/lib/ledger/sql-arrays";
import type { AccountRef } from "@/lib/ledger/wallet";
import { LINK_SIGN_UPS_MAX, type Suspicion, type SuspicionFacts } from "@/lib/programs/suspicion";
import { isDisposableMail } from "./disposable-mail";

interface FactsRow {
  id: string;
  email: string | null;
  is_imported: boolean;
  signed_up_ms: string;
  cluster_mate_id: string | null;
  same_payer_id: string | null;
  pair_state: "held" | "refused" | null;
  pair_reason: Suspicion | null;
  referrer_id: string | null;
  link_sign_ups: string;
}

/** Every account that signed up in a browser answers to this name for ever, also once the platform named it. */
const browserName = (account: string): string => `'acc_' || replace(${account}::text, '-', '')`;

/** An operator who released a bonus said that these two are different persons: it is not asked again. */
const cleared = (reason: Suspicion): string => `
  exists (select from reviews v where v.account_id = a.id and v.other_id = o.id and v.reason = '${reason}'
             and v.state = 'released')`;

const nearby = (where: string, order: string): string => `
  select s.created_at from referrals n
    join accounts s on s.lane = n.lane and s.id = n.referred_id
    join account_names b on b.name = ${browserName("s.id")}
   where n.referrer_id = r.referrer_id and n.id ${where} r.id order by n.id ${order} limit ${LINK_SIGN_UPS_MAX}`;

const statement = `
  select a.id, a.email, not own.is_browser as is_imported,
         (extract(epoch from a.created_at) * 1000)::bigint as signed_up_ms,
         (select o.id from wallets w
            join cluster_joins j on j.cluster_id = w.cluster_id and j.account_id <> a.id
            join accounts o on o.lane = j.lane and o.id = j.account_id
            join draws d on d.lane = o.lane and d.trigger_id = o.id and d.kind = 'new-account'
           where w.lane = a.lane and w.account_id = a.id
             and (d.state in ('queued', 'bound', 'drawn')
                  or d.state = 'due' and (d.due_at, d.trigger_id) < (mine.due_at, mine.trigger_id))
             and not ${cleared("cluster")}
           order by o.created_at, o.id limit 1) as cluster_mate_id,
         (select o.id from deposits own_deposit
            join deposits theirs on theirs.instrument = own_deposit.instrument and theirs.account_id <> a.id
            join accounts o on o.lane = theirs.lane and o.id = theirs.account_id
            left join draws d on d.lane = o.lane and d.trigger_id = o.id and d.kind = 'new-account'
           where own_deposit.lane = a.lane and own_deposit.account_id = a.id
             and ((o.created_at, o.id) < (a.created_at, a.id) or d.state in ('queued', 'bound', 'drawn'))
             and not ${cleared("payment_fingerprint")}
           order by o.created_at, o.id limit 1) as same_payer_id,
         r.referrer_id, r.hold as pair_state,
         (select v.reason from reviews v where v.kind = 'pair' and v.subject_id = r.id and v.state <> 'released'
           order by v.state = 'refused' desc, v.opened_at limit 1) as pair_reason,
         case when own.is_browser then
           (select coalesce(string_agg((extract(epoch from near.created_at) * 1000)::bigint::text, ','), '')
              from ((${nearby("<", "desc")}) union all (${nearby(">", "asc")})) near)
         else '' end as link_sign_ups
    from unnest($1::smallint[], $2::uuid[]) as u (lane, id)
    join accounts a on a.lane = u.lane and a.id = u.id
    left join referrals r on r.lane = a.lane and r.referred_id = a.id
    left join draws mine on mine.lane = a.lane and mine.trigger_id = a.id and mine.kind = 'new-account'
    cross join lateral (select exists (select from account_names b where b.name = ${browserName("a.id")})
                        as is_browser) own`;

/** What `holdOf` judges each account by, as of now. Accounts that do not exist are absent. */
export async function suspicionFacts(
  raw: Pick<TransactionSql, "unsafe">,
  accounts: readonly AccountRef[],
): Promise<Map<string, SuspicionFacts>> {
  const rows = await raw.unsafe<FactsRow[]>(
    statement,
    [arrayLiteral(accounts.map(({ lane }) => lane)), arrayLiteral(accounts.map(({ id }) => id))],
    { prepare: true },
  );
  return new Map(rows.map((row) => [row.id, toFacts(row)]));
}

function toFacts(row: FactsRow): SuspicionFacts {
  const { pair_state: state, pair_reason: reason, referrer_id: referrerId } = row;
  return {
    isImported: row.is_imported,
    usesDisposableMail: row.email !== null && isDisposableMail(row.email),
    clusterMateId: row.cluster_mate_id,
    samePayerId: row.same_payer_id,
    pair: state && reason && referrerId ? { state, reason, referrerId } : null,
    signedUpAtMs: Number(row.signed_up_ms),
    linkSignUpsMs: row.link_sign_ups === "" ? [] : row.link_sign_ups.split(",").map(Number),
  };
}

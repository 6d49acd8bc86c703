import { debitNormal } from "@/lib/ledger/chart";
import type { Check } from "./check";

const walletColumns = [
  ["promo", "promo"],
  ["promo.held", "promo_held"],
  ["earned", "earned"],
  ["market", "market"],
  ["paid", "paid_net"],
  ["debt", "debt"],
  ["revenue.pod", "charged_pod"],
  ["revenue.serverless", "charged_serverless"],
  ["revenue.storage", "charged_storage"],
] as const;

/** A balance as the nature of its account reads it: assets and expenses grow by debits. */
const signed = `case when (code in (${debitNormal.map((code) => `'${code}'`).join(", ")})) = (direction = 'debit')
                     then amount else -amount end`;

/** What every posting, every event and every balance adds up to. */
export const balanceChecks: readonly Check[] = [
  {
    name: "every posting is the sum of its transfers",
    sql: `select 'posting ' || p.account_id || '.' || p.seq as what, p.amount as expected, coalesce(sum(t.amount), 0) as found
            from postings p left join transfers t using (lane, account_id, seq)
           group by p.lane, p.account_id, p.seq having p.amount <> coalesce(sum(t.amount), 0)`,
  },
  {
    name: "every event is the sum of its parts",
    sql: `select 'event ' || source || '/' || id as what, charge as expected, promo + earned + market + paid as found
            from usage_events where charge <> promo + earned + market + paid`,
  },
  {
    name: "every account's books balance",
    sql: `select 'account ' || account_id as what, 0 as expected,
                 sum(case direction when 'debit' then amount else -amount end) as found
            from ledger_entries group by lane, account_id
          having sum(case direction when 'debit' then amount else -amount end) <> 0`,
  },
  {
    name: "postings are numbered without gaps",
    sql: `select 'wallet ' || w.account_id || ' seq' as what, w.seq as expected, coalesce(n.count, 0) as found
            from wallets w left join (
              select lane, account_id, count(*) as count, max(seq) as last
                from (select lane, account_id, seq from postings union all
                      select lane, account_id, seq from usage_events) numbered group by 1, 2) n using (lane, account_id)
           where w.seq <> coalesce(n.count, 0) or w.seq <> coalesce(n.last, 0)`,
  },
  {
    name: "every wallet balance is the sum of its entries",
    sql: `with sums as (select lane, account_id, code, sum(${signed}) as balance from ledger_entries group by 1, 2, 3)
          ${walletColumns
            .map(
              ([code, column]) =>
                `select 'wallet ' || w.account_id || ' ${column}' as what, coalesce(s.balance, 0) as expected, w.${column} as found
                   from wallets w left join sums s on s.lane = w.lane and s.account_id = w.account_id and s.code = '${code}'
                  where w.${column} <> coalesce(s.balance, 0)`,
            )
            .join(" union all ")}`,
  },
  {
    name: "every other balance is the sum of its entries",
    sql: `with sums as (
            select lane, account_id, code, sum(${signed}) as balance from ledger_entries
             where code not in (${walletColumns.map(([code]) => `'${code}'`).join(", ")}) group by 1, 2, 3)
          select 'balance ' || account_id || ' ' || code as what, coalesce(s.balance, 0) as expected,
                 coalesce(b.balance, 0) as found
            from sums s full join balances b using (lane, account_id, code)
           where coalesce(s.balance, 0) <> coalesce(b.balance, 0)`,
  },
  {
    name: "every mark is the sum of the entries up to it",
    sql: `with spans as (
            select m.*, coalesce(lag(seq) over before, 0) as after_seq, lag(balances) over before as base,
                   lag(through) over before as base_through
              from balance_marks m window before as (partition by lane, account_id order by seq)),
          moved as (
            select s.lane, s.account_id, s.seq, code, sum(${signed}) as net
              from spans s join ledger_entries e
                on e.lane = s.lane and e.account_id = s.account_id and e.seq > s.after_seq and e.seq <= s.seq
             group by 1, 2, 3, 4)
          select 'mark ' || s.account_id || '.' || s.seq || ' ' || c.code as what,
                 (coalesce((s.base ->> c.code)::numeric, 0) + coalesce(m.net, 0))::text as expected,
                 coalesce(s.balances ->> c.code, '0') as found
            from spans s
           cross join lateral (select jsonb_object_keys(s.balances) union
                               select code from moved n where (n.lane, n.account_id, n.seq) = (s.lane, s.account_id, s.seq)
                              ) c (code)
            left join moved m on m.lane = s.lane and m.account_id = s.account_id and m.seq = s.seq and m.code = c.code
           where coalesce((s.base ->> c.code)::numeric, 0) + coalesce(m.net, 0) <> coalesce(s.balances ->> c.code, '0')::numeric
          union all
          select 'mark ' || s.account_id || '.' || s.seq || ' through', l.latest::text, s.through::text
            from spans s
           cross join lateral (
             select greatest(s.base_through,
                             (select max(posted_at) from usage_events e
                               where e.lane = s.lane and e.account_id = s.account_id
                                 and e.seq > s.after_seq and e.seq <= s.seq),
                             (select max(at) from postings p
                               where p.lane = s.lane and p.account_id = s.account_id
                                 and p.seq > s.after_seq and p.seq <= s.seq)) as latest) l
           where s.through is distinct from l.latest`,
  },
];

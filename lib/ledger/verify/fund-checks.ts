import type { Check } from "./check";

/** Money that came in and went back, and what is set aside of it. */
export const fundChecks: readonly Check[] = [
  {
    name: "money received is what the books say",
    sql: `with sums as (select t.lane, t.account_id, sum(t.amount) as amount
                          from transfers t join postings p using (lane, account_id, seq)
                         where p.kind in ('deposit', 'opening') and t.credit = 'paid' group by 1, 2)
          select 'wallet ' || w.account_id || ' deposited' as what, coalesce(s.amount, 0) as expected, w.deposited as found
            from wallets w left join sums s using (lane, account_id) where w.deposited <> coalesce(s.amount, 0)
          union all
          select 'deposit ' || d.reference, p.amount, d.amount
            from deposits d left join postings p on p.lane = d.lane and p.cause = 'deposit:' || d.reference
           where p.amount is distinct from d.amount`,
  },
  {
    name: "every reversal is posted",
    sql: `select 'reversal ' || r.reference as what, r.amount as expected, p.amount as found
            from reversals r left join postings p on p.lane = r.lane and p.cause = 'reversal:' || r.reference
           where p.amount is distinct from r.amount`,
  },
  {
    name: "what is reserved is what open work holds",
    sql: `with held as (select lane, account_id, sum(reserved) as reserved from authorizations
                         where state = 'open' group by 1, 2)
          select 'wallet ' || w.account_id || ' reserved' as what, coalesce(h.reserved, 0) as expected, w.reserved as found
            from wallets w left join held h using (lane, account_id) where w.reserved <> coalesce(h.reserved, 0)`,
  },
  {
    name: "every deposit and every reversal has its receipt, numbered without gaps",
    sql: `with recorded as (
            select lane, account_id, seq, 'deposit' as kind, reference as deposit_reference, recorded_at from deposits
            union all
            select lane, account_id, seq, reason, deposit_reference, recorded_at from reversals)
          select 'receipt of posting ' || coalesce(d.account_id, r.account_id) || '.' || coalesce(d.seq, r.seq) as what,
                 concat_ws(' ', d.kind, d.deposit_reference, d.recorded_at) as expected,
                 concat_ws(' ', r.kind, r.deposit_reference, r.issued_at) as found
            from recorded d full join receipts r using (lane, account_id, seq)
           where (d.kind, d.deposit_reference, d.recorded_at) is distinct from (r.kind, r.deposit_reference, r.issued_at)
          union all
          select 'receipts of ' || coalesce(y.year, n.year), concat_ws(' ', y.last, y.last), concat_ws(' ', n.count, n.last)
            from receipt_years y
            full join (select year, count(*) as count, max(no) as last from receipts group by year) n using (year)
           where (y.last, y.last) is distinct from (n.count, n.last)`,
  },
];

import type { Db } from "@/db/client";

/** One account as the books have it; amounts in nano-dollars, accruals in 1e-13 dollars. */
export interface BookedCustomer {
  charged: bigint;
  runtimeMs: bigint;
  deposited: bigint;
  paid: bigint;
  signedUpAtMs: number;
  referredBy: string | null;
  /** What its own referral earned it: one customer refers at most one other here. */
  commission: bigint;
}

interface CustomerRow {
  name: string;
  charged: string;
  runtime_ms: string;
  deposited: string;
  paid: string;
  signed_up_ms: string;
  referred_by: string | null;
  commission: string;
}

/** Every account by its name, summed from the events, not from the wallet's running numbers. */
export async function bookedCustomers(db: Db): Promise<Map<string, BookedCustomer>> {
  const rows = await db.$client<CustomerRow[]>`
    select a.external_id as name, (extract(epoch from a.signed_up_at) * 1000)::bigint as signed_up_ms,
           ra.external_id as referred_by, w.deposited, w.paid_net as paid,
           coalesce(e.charged, 0) as charged, coalesce(e.runtime_ms, 0) as runtime_ms,
           coalesce((select sum(accrued) from earnings o
                      where o.account_id = a.id and o.program = 'referral'), 0) as commission
      from accounts a
      join wallets w on w.lane = a.lane and w.account_id = a.id
      left join (select account_id, sum(charge) as charged, sum(duration_ms) as runtime_ms
                   from usage_events group by 1) e on e.account_id = a.id
      left join referrals r on r.lane = a.lane and r.referred_id = a.id
      left join accounts ra on ra.id = r.referrer_id`;
  return new Map(
    rows.map((row) => [
      row.name,
      {
        charged: BigInt(row.charged),
        runtimeMs: BigInt(row.runtime_ms),
        deposited: BigInt(row.deposited),
        paid: BigInt(row.paid),
        signedUpAtMs: Number(row.signed_up_ms),
        referredBy: row.referred_by,
        commission: BigInt(row.commission),
      },
    ]),
  );
}

/** Runtime and accrued royalty of every template. */
export async function bookedTemplates(db: Db): Promise<Map<string, { runtimeMs: bigint; royalty: bigint }>> {
  const rows = await db.$client<{ name: string; runtime_ms: string; royalty: string }[]>`
    select t.external_id as name,
           (select coalesce(sum(runtime_ms), 0) from template_gathered g where g.template = t.external_id) as runtime_ms,
           (select coalesce(sum(accrued), 0) from earnings e where e.template = t.external_id) as royalty
      from templates t`;
  return new Map(rows.map((row) => [row.name, { runtimeMs: BigInt(row.runtime_ms), royalty: BigInt(row.royalty) }]));
}

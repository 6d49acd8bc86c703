import type { Db } from "@/db/client";

const booked = [
  "accounts",
  "wallets",
  "postings",
  "transfers",
  "balances",
  "usage_events",
  "event_keys",
  "usage_days",
  "deposits",
  "enrolments",
  "referrals",
  "draws",
  "earnings",
  "accrual_outbox",
  "templates",
  "template_totals",
  "template_days",
  "template_users",
  "unclaimed_usage",
  "quarantine",
  "prices",
  "program_settings",
];

/** A digest of each table's whole content. */
export async function digestOfBooks(db: Db): Promise<Record<string, string>> {
  const digests = booked.map(async (table) => {
    const sql = db.$client;
    const [row] = await sql<{ digest: string | null }[]>`
      select md5(string_agg(md5(t::text), '' order by md5(t::text))) as digest from ${sql(table)} t`;
    return [table, row?.digest ?? "empty"] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

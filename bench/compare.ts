import postgres, { type Sql } from "postgres";
import { connect } from "@/db/client";
import { verify } from "@/lib/ledger/verify/verify";
import { endWithNotices } from "@/lib/live/notify";

/** Every table the ingest path writes, without the instants and numbers that differ from run to run. */
const contents = {
  wallets: "select to_jsonb(t) - 'touched_at' from wallets t",
  usage_events: "select to_jsonb(t) - 'posted_at' from usage_events t",
  event_keys: "select to_jsonb(t) from event_keys t",
  usage_days: "select to_jsonb(t) from usage_days t",
  template_totals: "select to_jsonb(t) from template_totals t",
  template_days: "select to_jsonb(t) from template_days t",
  template_users: "select to_jsonb(t) from template_users t",
  templates: "select jsonb_build_array(external_id, gate_met_at is not null) from templates",
  unclaimed_usage: "select to_jsonb(t) - 'posted_at' from unclaimed_usage t",
  draws: "select to_jsonb(t) - 'due_at' from draws t",
  rewards: "select to_jsonb(t) from rewards t",
  standing_outbox: "select jsonb_build_array(lane, trigger_id) from standing_outbox",
  quarantine: "select to_jsonb(t) - 'received_at' from quarantine t",
  waiting_voids: "select to_jsonb(t) - 'received_at' from waiting_voids t",
  accrual_outbox: `select jsonb_build_array(beneficiary_id, program, template, day, sum(accrual), sum(runtime_ms),
                          sum(spend)) from accrual_outbox group by beneficiary_id, program, template, day`,
  template_users_coming: `select distinct jsonb_build_array(beneficiary_id, template, u.id)
                            from accrual_outbox cross join unnest(users) as u (id)`,
} as const;

export interface Totals {
  events: string;
  charged: string;
  spent: string;
  base: string;
  arrears: string;
  draws: string;
}

/** @throws Error naming the tables in which the two databases differ. @returns what both hold. */
export async function assertSame(ours: string, naive: string): Promise<Totals> {
  const [a, b] = [postgres(ours, { max: 1 }), postgres(naive, { max: 1 })];
  try {
    const differing: string[] = [];
    for (const [table, query] of Object.entries(contents)) {
      const [left, right] = await Promise.all([digestOf(a, query), digestOf(b, query)]);
      if (left !== right) differing.push(`${table} (${left} against ${right})`);
    }
    if (differing.length > 0) throw new Error(`The two ways came to different results: ${differing.join(", ")}`);
    return await totalsOf(a);
  } finally {
    await Promise.all([a.end(), b.end()]);
  }
}

async function digestOf(sql: Sql, query: string): Promise<string> {
  const [row] = await sql.unsafe<{ digest: string }[]>(
    `select count(*) || ' rows, ' || coalesce(sum(hashtextextended(each::text, 0)::numeric), 0) as digest
       from (${query}) rows (each)`,
  );
  return row?.digest ?? "";
}

async function totalsOf(sql: Sql): Promise<Totals> {
  const [row] = await sql<Totals[]>`
    select (select count(*) from usage_events where source <> 'history') as events,
           sum(charged_pod + charged_serverless + charged_storage) as charged,
           sum(spent_pod + spent_serverless + spent_storage) as spent,
           sum(base_pod + base_serverless + base_storage) as base, sum(greatest(0, -paid_net)) as arrears,
           (select count(*) from draws where kind = 'new-account') as draws
      from wallets`;
  if (!row) throw new Error("There are no wallets");
  return row;
}

/**
 * Rebuilds every number of a database from its postings and events and compares; and counts events and keys against
 * what was answered. @throws Error with what differs first.
 */
export async function assertBooks(url: string, accepted: number): Promise<Totals> {
  const db = connect({ url, connectionsMax: 1, applicationName: "tenspot-bench" });
  try {
    const { differences } = await verify(db);
    const [first] = differences;
    if (first) {
      const { check, expected, found, what } = first;
      const count = `${differences.length} differences`;
      throw new Error(`${count}, the first in "${check}": ${what} should be ${expected}, is ${found}`);
    }
    const [row] = await db.$client<{ events: string; keys: string }[]>`
      select (select count(*) from usage_events where source <> 'history') as events,
             (select count(*) from event_keys where source <> 'history') as keys`;
    if (Number(row?.events) !== accepted || Number(row?.keys) !== accepted) {
      throw new Error(`${accepted} events were answered accepted; there are ${row?.events}, and ${row?.keys} keys`);
    }
    return await totalsOf(db.$client);
  } finally {
    await endWithNotices(db);
  }
}

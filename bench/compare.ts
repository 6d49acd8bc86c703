import postgres, { type Sql } from "postgres";

/** Every table the ingest path writes, without the instants and numbers that differ from run to run. */
const contents = {
  wallets: "select to_jsonb(t) - 'touched_at' from wallets t",
  usage_events: "select to_jsonb(t) - 'posted_at' from usage_events t",
  event_keys: "select to_jsonb(t) from event_keys t",
  usage_days: "select to_jsonb(t) from usage_days t",
  template_lanes: "select to_jsonb(t) from template_lanes t",
  template_days: "select to_jsonb(t) from template_days t",
  template_users: "select to_jsonb(t) from template_users t",
  templates: "select jsonb_build_array(external_id, gate_met_at is not null) from templates",
  unclaimed_usage: "select to_jsonb(t) - 'posted_at' from unclaimed_usage t",
  draws: "select to_jsonb(t) - 'due_at' from draws t",
  accrual_outbox: `select jsonb_build_array(lane, beneficiary_id, program, template, sum(accrual)) from accrual_outbox
                    group by lane, beneficiary_id, program, template`,
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
 * Rebuilds every wallet of a database from its events and compares; and the number of events and keys with what was
 * answered. @throws Error with what differs.
 */
export async function assertBooks(url: string, accepted: number): Promise<Totals> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql<{ wrong: string; events: string; keys: string }[]>`
      with rebuilt as (
        select lane, account_id, max(seq) as seq, sum(promo) as promo, sum(paid) as paid,
               sum(charge) filter (where service = 'pod') as pod,
               sum(charge) filter (where service = 'serverless') as serverless,
               sum(charge) filter (where service = 'storage') as storage
          from usage_events group by lane, account_id)
      select (select count(*) from wallets w join rebuilt r using (lane, account_id)
               left join grants g on g.account_id = w.account_id
               where w.charged_pod <> coalesce(r.pod, 0) or w.charged_serverless <> coalesce(r.serverless, 0)
                  or w.charged_storage <> coalesce(r.storage, 0) or w.paid_net <> w.deposited - r.paid
                  or w.promo <> coalesce(g.amount, 0) - r.promo or w.seq <> greatest(r.seq, g.seq)
                  or w.spent_pod + w.spent_serverless + w.spent_storage <> least(w.deposited, r.paid)) as wrong,
             (select count(*) from usage_events where source <> 'history') as events,
             (select count(*) from event_keys where source <> 'history') as keys`;
    const { wrong, events, keys } = row ?? { wrong: "all", events: "0", keys: "0" };
    if (wrong !== "0") throw new Error(`${wrong} wallets differ from what their events say`);
    if (Number(events) !== accepted || Number(keys) !== accepted) {
      throw new Error(`${accepted} events were answered accepted; there are ${events} events and ${keys} keys`);
    }
    return await totalsOf(sql);
  } finally {
    await sql.end();
  }
}

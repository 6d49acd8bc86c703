import postgres, { type Sql, type TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";
import { type ProcessRole, processRoles } from "./roles";

let api: ApiHarness;
let roles: Record<ProcessRole, Sql>;
let account: { lane: number; id: string };

beforeAll(async () => {
  api = await apiHarness();
  const as = (role: ProcessRole) => postgres(api.url(role), { max: 1, onnotice: () => {} });
  roles = { web: as("web"), worker: as("worker"), reader: as("reader") };
  await api.make("/api/v1/accounts", { externalId: "ada", email: "ada@example.com", opening: { paid: "10" } });
  await api.make("/api/v1/accounts/ada/deposits", { reference: "d1", amount: "20", method: "card" });
  await api.make("/api/v1/accounts/ada/grants", { reference: "g1", bucket: "promo", amount: "1", reason: "hello" });
  await api.make("/api/v1/prices/a100", { service: "pod", unit: "hour", amount: "1" });
  await api.send([charge("ada", "2")]);
  await api.owner`insert into payment_events (provider, event_id, type, object_id, received_at) values ('p', 'e', 't', 'o', now())`;
  await api.owner`insert into provider_reversals (reference, deposit_reference, amount, reason, known_at) values ('p:r', 'p:d', 1, 'refund', now())`;
  const [found] = await api.owner<(typeof account)[]>`select lane, id from accounts where external_id = 'ada'`;
  if (!found) throw new Error("The account was not made");
  account = found;
});
afterAll(async () => {
  await Promise.all(Object.values(roles).map((sql) => sql.end()));
  await api.close();
});

/** A statement that touches a row that is there, for it changes nothing. */
async function touchStatements(table: string) {
  const [column] = await api.owner<{ name: string; rows: number }[]>`
    select column_name as name, (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || ${table}, false, true, '')))[1]::text::int as rows
      from information_schema.columns where table_schema = 'public' and table_name = ${table} order by ordinal_position limit 1`;
  expect(column?.rows).toBeGreaterThan(0);
  return [`update ${table} set ${column?.name} = ${column?.name}`, `delete from ${table}`, `truncate ${table} cascade`];
}

const history = ["postings", "transfers", "usage_events", "event_keys", "prices", "deposits", "grants"];
const alsoKept = ["account_names", "referral_codes", "payment_events", "provider_reversals"];

test.each(processRoles)(
  "an address that had its bonus is never changed by the %s role; forgetting it is another row",
  async (role) => {
    for (const statement of ["update first_emails set email_normal = 'x'", "truncate first_emails"]) {
      await expect(roles[role].unsafe(statement), statement).rejects.toThrow(/permission denied/);
    }
  },
);

describe.each([...history, ...alsoKept])("%s", (table) => {
  test.each(processRoles)("is refused UPDATE, DELETE and TRUNCATE by the %s role", async (role) => {
    for (const statement of await touchStatements(table)) {
      await expect(roles[role].unsafe(statement), statement).rejects.toThrow(/permission denied/);
    }
  });

  test.each(processRoles)("keeps its triggers from the %s role", async (role) => {
    for (const statement of [
      `alter table ${table} disable trigger all`,
      `alter table ${table} disable trigger user`,
      `alter table ${table} rename to other`,
      `drop table ${table} cascade`,
    ]) {
      await expect(roles[role].unsafe(statement), statement).rejects.toThrow(/must be owner|permission denied/);
    }
  });
});

test.each(history)("%s is kept from its own owner by its triggers", async (table) => {
  const before = await api.rowCounts();
  for (const statement of await touchStatements(table)) {
    await expect(api.owner.unsafe(statement), statement).rejects.toThrow(/history is append-only/);
  }
  expect(await api.rowCounts()).toEqual(before);
});

test.each(processRoles)(
  "the %s role cannot switch the guards off, replace them, or write terms unseen",
  async (role) => {
    for (const statement of [
      "set session_replication_role = replica",
      "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
      "drop trigger postings_append_only on postings",
      "alter role current_user superuser",
      "create table mine (n int)",
      "delete from terms",
      "truncate draws, terms cascade",
    ]) {
      await expect(roles[role].unsafe(statement), statement).rejects.toThrow(
        /permission denied|must be owner|only roles with|published and immutable/i,
      );
    }
  },
);

test("the reader can add nothing anywhere", async () => {
  for (const table of Object.keys(await api.rowCounts())) {
    await expect(roles.reader.unsafe(`insert into ${table} default values`), table).rejects.toThrow(
      /permission denied/,
    );
  }
});

describe("a posting", () => {
  interface Line {
    amount: number;
    debit?: string;
    credit?: string;
  }
  /** Writes a posting of $`total` nano with these transfers, all in one transaction of the web role. */
  const write = (total: number, lines: readonly Line[], seq = 1_000) =>
    roles.web.begin(async (tx) => {
      await tx`insert into postings (lane, account_id, seq, kind, cause, digest, amount, at, explains)
               values (${account.lane}, ${account.id}, ${seq}, 'test', ${`test:${seq}:${total}`}, 'x', ${total}, now(), '{}')`;
      for (const [no, { amount, debit = "cash", credit = "paid" }] of lines.entries())
        await line(tx, { seq, no, amount, debit, credit });
    });
  const line = (tx: TransactionSql, { seq, no, amount, debit, credit }: { seq: number; no: number } & Required<Line>) =>
    tx`insert into transfers (lane, account_id, seq, no, debit, credit, amount)
       values (${account.lane}, ${account.id}, ${seq}, ${no}, ${debit}, ${credit}, ${amount})`;

  test("without transfers, or whose transfers sum to another amount, is refused at commit", async () => {
    const before = await api.rowCounts();
    await expect(write(5, [])).rejects.toThrow(/says 5, its transfers say 0/);
    await expect(write(5, [{ amount: 4 }])).rejects.toThrow(/says 5, its transfers say 4/);
    await expect(write(5, [{ amount: 5 }, { amount: 1 }])).rejects.toThrow(/says 5, its transfers say 6/);
    await expect(write(0, [])).rejects.toThrow(/its transfers say 0/);
    expect(await api.rowCounts()).toEqual(before);
  });

  test("takes no transfer of nothing, of less, or of an account to itself", async () => {
    await expect(write(0, [{ amount: 0 }])).rejects.toThrow(/transfers_positive/);
    await expect(write(-5, [{ amount: -5 }])).rejects.toThrow(/transfers_positive/);
    await expect(write(5, [{ amount: 5, debit: "paid", credit: "paid" }])).rejects.toThrow(/transfers_two_accounts/);
  });

  test("that stands takes no further transfer, and no transfer stands without one", async () => {
    const [standing] = await api.owner<{ seq: string }[]>`select seq from postings where cause = 'deposit:d1'`;
    const add = (seq: number) =>
      roles.web.begin((tx) => line(tx, { seq, no: 90, amount: 1, debit: "cash", credit: "paid" }));
    await expect(add(Number(standing?.seq))).rejects.toThrow(/its transfers say 20000000001/);
    await expect(add(4_242)).rejects.toThrow(/transfers_posting|its transfers say/);
  });

  test("keeps its cause and its number to itself", async () => {
    await expect(write(1, [{ amount: 1 }], 1)).rejects.toThrow(/duplicate key/);
    await expect(
      roles.web`insert into postings (lane, account_id, seq, kind, cause, digest, amount, at, explains)
                select lane, account_id, 999, kind, cause, digest, amount, at, explains from postings where cause = 'deposit:d1'`,
    ).rejects.toThrow(/postings_cause/);
  });
});

describe("a usage event", () => {
  test.each([
    ["parts that do not sum to its charge", { charge: 5, promo: 1, paid: 3 }, /usage_events_parts/],
    ["a negative part", { charge: 5, promo: -1, paid: 6 }, /usage_events_sign/],
  ])("with %s is refused", async (_, { charge: total, promo, paid }, message) => {
    await expect(
      roles.web`insert into usage_events (lane, account_id, seq, source, id, posted_at, ended_at, service, quantity_milli,
                  duration_ms, price_given, charge, promo, earned, market, paid)
                values (${account.lane}, ${account.id}, 999, 's', 'i', now(), now(), 'pod', 1000, 0, 1, ${total}, ${promo}, 0, 0, ${paid})`,
    ).rejects.toThrow(message);
  });
});

describe("a wallet", () => {
  const floors = ["promo", "promo_held", "earned", "market", "debt", "reserved", "deposited"];
  const counts = ["spent_pod", "spent_serverless", "spent_storage", "base_pod", "base_serverless", "base_storage"];

  test.each([...floors, ...counts])("is refused a %s below zero", async (column) => {
    const set = (value: number) =>
      roles.web`update wallets set ${roles.web(column)} = ${value} where account_id = ${account.id}`;
    await expect(set(-1)).rejects.toThrow(/violates check constraint "wallets_/);
  });
});

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PaidChoice } from "@/lib/ledger/settle-closed";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { charge } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";
import { closeAccount } from "./close-account";
import { openAccount } from "./open-account";
import { resolveNames } from "./resolve-names";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
  api = await apiHarness();
  steps = exampleSteps(api);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await api.close();
});

const ctx = () => ({ db: api.db, clock: () => api.clock.now });

async function close(name: string, paid: PaidChoice | null = null) {
  const account = (await resolveNames(api.db, [name])).get(name);
  if (!account) throw new Error(`There is no ${name}`);
  return closeAccount(ctx(), { account, paid });
}

/** What the books say an account holds, where it is not nothing. */
async function balances(name: string): Promise<Record<string, string>> {
  const rows = await api.owner<{ code: string; balance: string }[]>`
    select e.code, sum(case when (e.code in ('cash', 'debt', 'lapsed') or e.code like 'expense.%')
                                 = (e.direction = 'debit') then e.amount else -e.amount end) / 1000000000 as balance
      from ledger_entries e join accounts a on a.id = e.account_id where a.external_id = ${name} group by 1`;
  return Object.fromEntries(
    rows.filter(({ balance }) => Number(balance) !== 0).map(({ code, balance }) => [code, String(Number(balance))]),
  );
}

const walletOf = async (name: string) => (await api.account(name)).wallet;

describe("an account that is closed", () => {
  test("loses its credit by postings, keeps its paid spend, and its referrer keeps what was released", async () => {
    await steps.drawExactly(700);
    await steps.openPair("rita", ["karl"]);
    await steps.deposit("karl", "20");
    await steps.accept([charge("karl", "12")]);
    const draws = await steps.drawsOf("karl");
    await drawnWithin(
      20_000,
      [api],
      draws.map(({ id }) => id),
    );
    const before = await api.account("rita");
    expect(await walletOf("karl")).toMatchObject({ promo: "7", paid: "8" });
    expect(await close("karl")).toMatchObject({ ok: false, problem: { code: "invalid", path: "paid" } });
    expect(await close("karl", "give_up")).toMatchObject({ ok: true, created: true });
    expect(await close("karl", "refund")).toMatchObject({ ok: true, created: false });
    await api.sweep();
    const karl = await api.account("karl");
    expect(karl).toMatchObject({
      status: "closed",
      wallet: { promo: "0", earned: "0", paid: "0", available: "0", arrears: "0", debt: "0" },
      lifetime: { paidSpend: "12", deposited: "20" },
    });
    expect(await balances("karl")).toEqual({ cash: "20", "revenue.pod": "12", "given.up": "8" });
    const after = await api.account("rita");
    expect(after.wallet).toEqual(before.wallet);
    expect(after.earnings).toEqual(before.earnings);
  });

  test("is charged for usage that comes late; what nothing covers is written off and is no paid spend", async () => {
    await api.make("/api/v1/accounts", { externalId: "late" });
    await steps.deposit("late", "20");
    await steps.accept([charge("late", "5")]);
    await close("late", "give_up");
    await steps.accept([charge("late", "6")]);
    await api.sweep();
    expect(await balances("late")).toEqual({ cash: "20", "revenue.pod": "11", "given.up": "9" });
    const over = charge("late", "30");
    await steps.accept([over]);
    await api.sweep();
    await api.sweep();
    expect(await balances("late")).toEqual({
      cash: "20",
      "revenue.pod": "41",
      paid: "-21",
      allowance: "21",
      "expense.losses": "21",
    });
    expect((await api.account("late")).lifetime.paidSpend).toBe("20");
    await api.send([
      { ...over, id: `${over.id}.void`, type: "usage.void", data: { voids: { source: over.source, id: over.id } } },
    ]);
    await api.sweep();
    expect(await balances("late")).toEqual({ cash: "20", "revenue.pod": "11", "given.up": "9" });
  });

  test("has its money back where that was chosen, and a provider may take back what was given up", async () => {
    await api.make("/api/v1/accounts", { externalId: "back" });
    const deposit = await steps.deposit("back", "20");
    await steps.accept([charge("back", "5")]);
    await close("back", "refund");
    expect(await walletOf("back")).toMatchObject({ paid: "15" });
    await steps.reverse(deposit, "refund", "15");
    await api.sweep();
    expect(await balances("back")).toEqual({ cash: "5", "revenue.pod": "5" });
    await api.make("/api/v1/accounts", { externalId: "charged.back" });
    const charged = await steps.deposit("charged.back", "20");
    await close("charged.back", "give_up");
    await steps.reverse(charged, "chargeback");
    await api.sweep();
    expect(await balances("charged.back")).toEqual({});
    await steps.reverse(charged, "dispute_won");
    await api.sweep();
    expect(await balances("charged.back")).toEqual({ cash: "20", "given.up": "20" });
  });

  test("is refused while work of it is authorized, and is authorized none afterwards", async () => {
    await api.make("/api/v1/accounts", { externalId: "busy" });
    await steps.deposit("busy", "20");
    const ask = (reference: string) =>
      api.call("POST", "/api/v1/authorizations", {
        body: { account: "busy", reference, hourly: "1" },
        key: api.keys.ingest,
      });
    expect((await ask("busy.1")).status).toBe(201);
    expect(await close("busy", "refund")).toMatchObject({ ok: false, problem: { code: "out_of_order" } });
    expect((await api.account("busy")).status).toBe("active");
    await api.call("DELETE", "/api/v1/authorizations/busy.1", { key: api.keys.ingest });
    expect(await close("busy", "refund")).toMatchObject({ ok: true });
    expect(await ask("busy.2")).toMatchObject({ status: 402, body: { reason: "account_held" } });
  });

  test("earns nothing more, and its link leads nobody to it", async () => {
    await steps.openPair("former", ["friend"]);
    await steps.deposit("friend", "20");
    await steps.accept([charge("friend", "9")]);
    await api.sweep();
    await close("former");
    await steps.accept([charge("friend", "11")]);
    const own = (await steps.drawsOf("friend")).flatMap(({ id, kind }) => (kind === "new-account" ? id : []));
    await drawnWithin(20_000, [api], own);
    await api.sweep();
    expect(await walletOf("former")).toMatchObject({ promo: "0", earned: "0", available: "0" });
    const { referralCode } = await api.account("former");
    const { status } = await api.call("POST", "/api/v1/accounts", { body: { externalId: "too.late", referralCode } });
    expect(status).toBe(422);
  });

  test("knows nothing of its person any more, and the person is no new customer", async () => {
    const email = "someone.particular@example.com";
    const [user] = await api.owner<{ id: string }[]>`
      insert into users (id, name, email) values ('person', 'Someone Particular', ${email}) returning id`;
    await api.owner`insert into sessions values ('digest', ${user?.id ?? ""}, now() + interval '1 day')`;
    const opened = await openAccount(ctx(), {
      userId: "person",
      email,
      emailVerified: true,
      name: "Someone Particular",
    });
    if (!opened.ok) throw new Error(opened.problem.detail);
    const { lane, id, externalId } = opened.value;
    await api.owner`insert into api_keys (hash, name, scopes, created_at, lane, account_id)
                    values ('h', 'Particular''s key', 'read', now(), ${lane}, ${id})`;
    await close(externalId);
    const tables = await api.owner<{ name: string }[]>`
      select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`;
    for (const { name } of tables) {
      const rows = await api.owner`select from ${api.owner(name)} t where t::text ilike '%particular%'`;
      expect([name, rows.length]).toEqual([name, 0]);
    }
    expect(await api.owner`select from sessions`).toHaveLength(0);
    await api.owner`insert into users (id, name, email) values ('again', 'Again', ${email})`;
    const again = await openAccount(ctx(), { userId: "again", email, emailVerified: true });
    if (!again.ok) throw new Error(again.problem.detail);
    expect(again.value.externalId).not.toBe(externalId);
    expect((await api.account(again.value.externalId)).bonus).toMatchObject({
      state: "not_eligible",
      reason: "not_new",
    });
  });

  test("gets no round for a bonus that becomes due afterwards, and no budget is spent on it", async () => {
    await steps.openPair("gone", ["guest"]);
    await close("gone");
    await steps.deposit("guest", "10");
    await steps.accept([charge("guest", "10")]);
    await api.sweep();
    const rows = await api.owner<{ kind: string; state: string; held_reason: string | null }[]>`
      select d.kind, d.state, d.held_reason from draws d join accounts a on a.id = d.trigger_id
       where a.external_id = 'guest' order by d.kind`;
    expect(rows).toMatchObject([{ kind: "new-account" }, { kind: "referral", state: "held" }]);
    expect(rows[1]?.held_reason).toContain("account_closed");
  });
});

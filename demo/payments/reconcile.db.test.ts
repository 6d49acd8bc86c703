import { execFile } from "node:child_process";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import { reconcile } from "@/lib/services/funds/reconcile";
import { netOf, type Reconciliation } from "@/lib/services/funds/reconciliation";
import { recordDeposit } from "@/lib/services/funds/record-deposit";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import type { NamedAccount } from "@/lib/services/operators/name-account";
import { dollars, openPayRoom, type PayRoom, type Told } from "./testing/pay-room";

const DAY_MS = 86_400_000;

let room: PayRoom;
let owner: Sql;
let account: NamedAccount;
/** The payments that every test finds in order: a plain one, one refunded and sent back, one disputed and won. */
let plain: string;

const period = () => ({ from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + DAY_MS) });
const compared = (): Promise<Reconciliation> => reconcile(room.ctx, period());
const differences = async () => (await compared()).differences;

beforeAll(async () => {
  room = await openPayRoom();
  owner = postgres(room.database.url("owner"), { max: 1, onnotice: () => {} });
  account = await room.customer();
  plain = await room.pay(account, "25");
  const refunded = await room.pay(account, "40");
  await room.press(`${refunded}/refund`, { amount: "10" });
  await room.press(`refunds/${await room.press(`${refunded}/refund`, { amount: "5" })}/fail`);
  const disputed = await room.pay(account, "60");
  await room.press(`disputes/${await room.press(`${disputed}/dispute`)}/win`);
  await room.press(`disputes/${await room.press(`${await room.pay(account, "80")}/dispute`)}/lose`);
  await room.service.webhooks.idle();
  await room.service.webhooks.deliver("now");
});

beforeEach(async () => {
  await room.service.webhooks.deliver("now");
});

afterAll(async () => {
  await owner.end();
  await room.close();
});

/** Events that are told while `happen` runs, and never delivered. */
async function kept(happen: () => Promise<unknown>): Promise<Told[]> {
  await room.service.webhooks.deliver("late");
  const before = (await room.told()).length;
  await happen();
  return (await room.told()).slice(before);
}

/** Changes history as nobody may, and gives it back. */
async function tampered<T>(table: string, statement: string, look: () => Promise<T>): Promise<T> {
  await owner.unsafe(`create table kept_rows as select * from ${table}; alter table ${table} disable trigger all`);
  try {
    await owner.unsafe(statement);
    return await look();
  } finally {
    await owner.unsafe(`delete from ${table}; insert into ${table} select * from kept_rows; drop table kept_rows;
      alter table ${table} enable trigger all`);
  }
}

describe("both sides agree", () => {
  test("about every payment, refund and dispute, and nothing is left in between", async () => {
    const { compared: count, totals, differences: found } = await compared();
    expect(found).toEqual([]);
    expect(count).toBe(10);
    expect(totals).toEqual({
      payment: { provider: dollars("205"), ledger: dollars("205") },
      refund: { provider: dollars("15"), ledger: dollars("15") },
      refund_failed: { provider: dollars("5"), ledger: dollars("5") },
      chargeback: { provider: dollars("140"), ledger: dollars("140") },
      dispute_won: { provider: dollars("60"), ledger: dollars("60") },
    });
    expect(netOf(totals, "provider")).toBe(dollars("115"));
    expect(netOf(totals, "ledger")).toBe(dollars("115"));
    expect((await room.books(account)).paid).toBe("115");
  });

  test("wherever a period ends between what the one and the other side wrote", async () => {
    const recorded = await tampered(
      "deposits",
      "update deposits set occurred_at = occurred_at - interval '3 days'",
      () => reconcile(room.ctx, { from: new Date(Date.now() - 4 * DAY_MS), to: new Date(Date.now() - 2 * DAY_MS) }),
    );
    expect(recorded.differences).toEqual([]);
    expect(recorded.compared).toBeGreaterThanOrEqual(4);
    const nothing = await reconcile(room.ctx, { from: new Date(0), to: new Date(DAY_MS) });
    expect(nothing).toMatchObject({ compared: 0, differences: [] });
  });

  test("what other products do with the same account at the provider is nobody's difference", async () => {
    const events = await kept(async () => {
      const session = await room.sdk.checkout.sessions.create({
        mode: "payment",
        success_url: "http://localhost/",
        line_items: [
          { quantity: 1, price_data: { currency: "usd", unit_amount: 700, product_data: { name: "A mug" } } },
        ],
      });
      const card = { number: "4242424242424242", email: "mug@example.com", expiry: "12/40", code: "123" };
      await fetch(session.url ?? "", { method: "POST", body: new URLSearchParams(card), redirect: "manual" });
      const paid = await room.sdk.checkout.sessions.retrieve(session.id);
      await room.sdk.refunds.create({ payment_intent: String(paid.payment_intent) });
    });
    for (const event of events) expect(await room.deliver(event)).toMatchObject({ ok: true });
    await room.service.webhooks.deliver("now");
    expect(await differences()).toEqual([]);
  });
});

describe("a difference is found and said", () => {
  test("a payment that the ledger never heard of, and again agreed once it has", async () => {
    const events = await kept(() => room.pay(account, "7"));
    expect(await differences()).toEqual([
      { what: expect.stringMatching(/^payment stripe:pi_/), provider: `$7 of ${account.id}`, ledger: "nothing" },
    ]);
    for (const event of events) await room.deliver(event);
    expect(await differences()).toEqual([]);
  });

  test("a refund, a dispute, and what became of either", async () => {
    const payment = await room.pay(account, "30");
    await expect.poll(differences).toEqual([]);
    let refund = "";
    const made = await kept(async () => {
      refund = await room.press(`${payment}/refund`, { amount: "4" });
    });
    expect(await differences()).toEqual([
      { what: `refund stripe:${refund}`, provider: `$4 of stripe:${payment}`, ledger: "nothing" },
    ]);
    for (const event of made) await room.deliver(event);
    const failed = await kept(() => room.press(`refunds/${refund}/fail`));
    expect(await differences()).toEqual([
      {
        what: `refund failed stripe:${refund}:failed`,
        provider: `$4 of stripe:${payment}`,
        ledger: "only the refund of $4",
      },
    ]);
    for (const event of failed) await room.deliver(event);
    let dispute = "";
    const opened = await kept(async () => {
      dispute = await room.press(`${payment}/dispute`);
    });
    expect(await differences()).toMatchObject([{ what: `chargeback stripe:${dispute}`, ledger: "nothing" }]);
    for (const event of opened) await room.deliver(event);
    const won = await kept(() => room.press(`disputes/${dispute}/win`));
    expect(await differences()).toMatchObject([{ ledger: "only the chargeback of $30" }]);
    for (const event of won) await room.deliver(event);
    expect(await differences()).toEqual([]);
    await room.service.webhooks.deliver("now");
  });

  test("what is known and waits for its deposit", async () => {
    let payment = "";
    const events = await kept(async () => {
      payment = await room.pay(account, "9");
      await room.press(`${payment}/refund`, { amount: "9" });
    });
    for (const event of events) if (event.type === "refund.created") await room.deliver(event);
    expect((await differences()).map(({ ledger }) => ledger).toSorted()).toEqual([
      "known, and not posted: it waits for its deposit",
      "nothing",
    ]);
    for (const event of events) await room.deliver(event);
    expect(await differences()).toEqual([]);
    await room.service.webhooks.deliver("now");
  });

  test("a deposit, and what was taken of one, that the provider knows nothing of", async () => {
    const invented = { account, reference: "stripe:pi_invented", amount: dollars("11"), method: "card" as const };
    await recordDeposit(room.ctx, invented);
    await reverseDeposit(room.ctx, {
      deposit: `stripe:${plain}`,
      reference: "by-hand",
      amount: dollars("2"),
      reason: "refund",
    });
    const found = await compared();
    expect(found.differences).toEqual([
      { what: "payment stripe:pi_invented", provider: "nothing", ledger: `$11 of ${account.id}` },
      { what: "refund by-hand", provider: "nothing", ledger: `$2 of stripe:${plain}` },
    ]);
    expect(netOf(found.totals, "ledger") - netOf(found.totals, "provider")).toBe(dollars("9"));
  });

  const without = async () => {
    const known = new Set((await differences()).map(({ what }) => what));
    return async () => (await differences()).filter(({ what }) => !known.has(what));
  };

  test.each([
    ["an amount", "deposits", "amount = amount + 1", "$25", "$25.000000001"],
    ["an account", "deposits", "account_id = gen_random_uuid()", /^of /, /^of /],
  ])("%s of a payment", async (_, table, change, provider, ledger) => {
    const found = await without();
    const statement = `update ${table} set ${change} where reference = 'stripe:${plain}'`;
    const said = await tampered(table, statement, found);
    expect(said).toMatchObject([{ what: `payment stripe:${plain}` }]);
    expect(said[0]?.provider).toMatch(provider);
    expect(said[0]?.ledger).toMatch(ledger);
  });

  test("an amount and a kind of what was taken back", async () => {
    const found = await without();
    const one = (change: string) =>
      `update reversals set ${change} where reference = (select min(reference) from reversals where reason = 'chargeback')`;
    expect(await tampered("reversals", one("amount = amount - 1"), found)).toMatchObject([{ ledger: /99$/ }]);
    expect(await tampered("reversals", one("reason = 'refund'"), found)).toMatchObject([
      { provider: "chargeback", ledger: "refund" },
    ]);
  });
});

describe("npm run reconcile", () => {
  const run = (words: string[], more: Readonly<Record<string, string>> = {}) => {
    const script = ["--import", "tsx", "lib/services/funds/reconcile-command.ts", ...words];
    const env = { ...process.env, DATABASE_URL: room.database.url("reader"), ...more };
    return new Promise<{ code: number; out: string }>((done) => {
      execFile(process.execPath, script, { env }, (failure, out, error) =>
        done({ code: Number(failure?.code ?? 0), out: out + error }),
      );
    });
  };
  const day = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 10);

  test("prints every difference and fails, succeeds where there is none, and says when the provider is silent", {
    timeout: 180_000,
  }, async () => {
    const found = await run(["--from", day(-DAY_MS), "--to", day(0)]);
    expect(found.out).toContain("payment stripe:pi_invented\n  the provider has nothing\n");
    expect(found.out).toMatch(/\nnet, and clearing +\$\d+\.\d\d +\$\d+\.\d\d +.*9\.00\n/);
    expect(found.out).toMatch(/compared, 2 differences\n$/);
    expect(found.code).toBe(1);
    expect(await run(["--from", "2020-01-01", "--to", "2020-01-31"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/net, and clearing +\$0\.00 .*\n0 compared, 0 differences\n$/),
    });
    const silent = await run(["--from", "2026-11-01", "--to", "2026-11-01"], { STRIPE_API_URL: "http://127.0.0.1:9" });
    expect(silent).toEqual({ code: 1, out: "The payment provider does not answer: try again.\n" });
  });
});

test("a provider that falls silent half-way gives no half answer", async () => {
  const booksOf = () => Promise.reject(new PaymentsUnavailable());
  const silent = { ...room.ctx, payments: { ...room.ctx.payments, booksOf } };
  await expect(reconcile(silent, period())).rejects.toBeInstanceOf(PaymentsUnavailable);
});

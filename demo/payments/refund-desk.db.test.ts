import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { rawOf } from "@/db/client";
import { codeOf } from "@/db/errors";
import { auditLog, refundRequests } from "@/db/schema/operators";
import { changeReserved } from "@/lib/ledger/reserve";
import { termsBook } from "@/lib/ledger/terms-book";
import { withWallet } from "@/lib/ledger/with-wallet";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import { owedAfterClosing, refundableOf } from "@/lib/queries/operator/refunds";
import { closeAccount } from "@/lib/services/accounts/close-account";
import { settleClosings } from "@/lib/services/accounts/settle-closings";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { recordDeposit } from "@/lib/services/funds/record-deposit";
import { sendWaitingRefunds } from "@/lib/services/funds/send-refund";
import { decideRefund } from "@/lib/services/operators/decide-refund";
import type { NamedAccount } from "@/lib/services/operators/name-account";
import { type RefundDeposit, refundDeposit } from "@/lib/services/operators/refund-deposit";
import { ingest } from "@/lib/services/usage/ingest";
import { charge } from "@/lib/testing/usage-events";
import { dollars, openPayRoom, type PayRoom } from "./testing/pay-room";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

const OTTO = "otto@example.com";

let room: PayRoom;
let account: NamedAccount;
/** Somebody who gave nothing back today. */
let olga: string;

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
  room = await openPayRoom();
});

afterAll(async () => {
  expect(await room.close()).toEqual([]);
});

beforeEach(async () => {
  account = await room.customer();
  olga = `olga-${crypto.randomUUID()}@example.com`;
});

/** Pays and waits until it is credited. @returns the deposit's reference */
async function paid(amount: string): Promise<string> {
  const payment = await room.pay(account, amount);
  const reference = `stripe:${payment}`;
  await expect
    .poll(async () => (await room.books(account)).deposits.map((deposit) => deposit.reference))
    .toContain(reference);
  await room.service.webhooks.idle();
  return reference;
}

const spend = async (amount: string): Promise<void> => {
  const { outcomes } = await ingest(room.ctx, [charge(account.externalId, amount)]);
  expect(outcomes).toMatchObject([{ outcome: { kind: "accepted" } }]);
};

const wanted = (deposit: string, amount: string, changed: Partial<RefundDeposit> = {}): RefundDeposit => ({
  deposit,
  reference: `refund:${crypto.randomUUID()}`,
  amount: dollars(amount),
  reason: "Paid twice",
  actor: olga,
  ...changed,
});

const give = (request: RefundDeposit, ctx: PaymentContext = room.ctx) => refundDeposit(ctx, request);
const decide = ({ reference }: RefundDeposit, actor: string, approve = true) =>
  decideRefund(room.ctx, { reference, approve, actor, reason: "Checked with support" });

const lines = async () => {
  const rows = await room.ctx.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.subject, account.externalId))
    .orderBy(asc(auditLog.id));
  return rows.map(({ act, outcome }) => [act, outcome]);
};

const refundsAtProvider = async (deposit: string) =>
  (await room.sdk.refunds.list({ payment_intent: deposit.replace("stripe:", "") })).data.map(({ amount }) => amount);

const silent = (): PaymentContext => ({
  ...room.ctx,
  payments: { ...room.ctx.payments, refund: () => Promise.reject(new PaymentsUnavailable()) },
});

/** A provider that does what it is asked, and whose answer is lost. */
const mute = (): PaymentContext => ({
  ...room.ctx,
  payments: {
    ...room.ctx.payments,
    refund: async (request) => {
      await room.ctx.payments.refund(request);
      throw new PaymentsUnavailable();
    },
  },
});

describe("a refund from the console", () => {
  test("goes to the provider, leaves paid credit once, and tells the customer why", async () => {
    const deposit = await paid("25");
    expect(await give(wanted(deposit, "10"))).toMatchObject({ ok: true, created: true, value: { state: "sent" } });
    await room.service.webhooks.deliver("twice");
    expect(await room.books(account)).toMatchObject({
      paid: "15",
      posted: ["deposit 25", "refund 10"],
      notes: ["Paid twice"],
    });
    expect(await refundsAtProvider(deposit)).toEqual([1_000]);
    expect(await lines()).toEqual([["refund.give", "done"]]);
  });

  test("is given once however often its form is sent, also at the same moment", async () => {
    const deposit = await paid("25");
    const request = wanted(deposit, "10");
    const answers = await Promise.all(Array.from({ length: 8 }, () => give(request)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await give(request)).toMatchObject({ ok: true, created: false, value: { state: "sent" } });
    expect(await give({ ...request, amount: dollars("5") })).toMatchObject({ problem: { code: "conflict" } });
    expect((await room.books(account)).paid).toBe("15");
    expect(await refundsAtProvider(deposit)).toEqual([1_000]);
  });

  test("is only of what is unspent of that deposit, the latest being spent last", async () => {
    const [first, second] = [await paid("25"), await paid("40")];
    await spend("30");
    expect(await give(wanted(first, "0.01"))).toMatchObject({ ok: false, problem: { path: "amount" } });
    expect(await give(wanted(second, "35.01"))).toMatchObject({
      problem: { detail: "Only $35.00 of this deposit is unspent and can be given back." },
    });
    expect(await give(wanted(second, "35"))).toMatchObject({ ok: true });
    expect((await room.books(account)).paid).toBe("0");
  });

  test("is never of credit that was given, and leaves what running work has reserved", async () => {
    const deposit = await paid("25");
    const grant = {
      account,
      reference: `g:${account.id}`,
      bucket: "promo" as const,
      amount: dollars("100"),
      reason: "x",
    };
    await grantCredit(room.ctx, grant);
    expect(await give(wanted(deposit, "25.01"))).toMatchObject({ ok: false });
    await room.ctx.db.transaction((tx) =>
      withWallet(rawOf(tx), { account, book: termsBook(room.ctx.db), at: new Date() }, async ({ wallet }) =>
        changeReserved(wallet, dollars("105")),
      ),
    );
    expect(await give(wanted(deposit, "20.01"))).toMatchObject({ problem: { path: "amount" } });
    expect(await give(wanted(deposit, "20"))).toMatchObject({ ok: true });
    await room.ctx.db.transaction((tx) =>
      withWallet(rawOf(tx), { account, book: termsBook(room.ctx.db), at: new Date() }, async ({ wallet }) =>
        changeReserved(wallet, -dollars("105") as ReturnType<typeof dollars>),
      ),
    );
  });

  test("never gives back more than there is when many are sent at the same moment", async () => {
    const deposit = await paid("50");
    const many = Array.from({ length: 12 }, () => wanted(deposit, "20"));
    const answers = await Promise.all(many.map((each) => give(each)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect((await room.books(account)).paid).toBe("10");
    expect(await refundsAtProvider(deposit)).toEqual([2_000, 2_000]);
  });

  test("is refused for one's own account, for money of another way, and for nothing; each is kept", async () => {
    const deposit = await paid("25");
    const invoice = { account, reference: `inv:${account.id}`, amount: dollars("50"), method: "invoice" as const };
    await recordDeposit(room.ctx, invoice);
    const own = `${account.externalId}@example.com`;
    for (const wrong of [
      wanted(deposit, "5", { actor: own }),
      wanted(invoice.reference, "5"),
      wanted(deposit, "0"),
      wanted(deposit, "1.005"),
    ]) {
      expect(await give(wrong)).toMatchObject({ ok: false, problem: { code: "invalid" } });
    }
    expect(await lines()).toEqual(Array(4).fill(["refund.give", "refused"]));
    expect(await give(wanted("stripe:pi_none", "5"))).toMatchObject({ problem: { code: "not_found" } });
    expect((await room.books(account)).posted).toEqual(["deposit 25", "deposit 50"]);
  });
});

describe("a provider", () => {
  test("that is silent keeps the refund waiting, holds its money, and is asked again", async () => {
    const deposit = await paid("25");
    const request = wanted(deposit, "20");
    expect(await give(request, silent())).toMatchObject({ ok: true, value: { state: "sending" } });
    expect(await give(wanted(deposit, "5.01"))).toMatchObject({ ok: false });
    const later = { ...room.ctx, clock: () => new Date(Date.now() + 61_000) };
    expect(await sendWaitingRefunds(later, () => room.ctx.payments)).toBe(1);
    expect(await sendWaitingRefunds(later, () => room.ctx.payments)).toBe(0);
    expect((await room.books(account)).posted).toEqual(["deposit 25", "refund 20"]);
  });

  test("whose answer was lost gives back once, even when its memory of keys has passed", async () => {
    const deposit = await paid("25");
    await room.service.webhooks.deliver("late");
    const request = wanted(deposit, "20");
    expect(await give(request, mute())).toMatchObject({ value: { state: "sending" } });
    await sendWaitingRefunds({ ...room.ctx, clock: () => new Date(Date.now() + 61_000) }, () => room.ctx.payments);
    await room.service.webhooks.deliver("now");
    expect(await refundsAtProvider(deposit)).toEqual([2_000]);
    expect(await room.books(account)).toMatchObject({ paid: "5", notes: ["Paid twice"] });
    expect(await give(request)).toMatchObject({ created: false, value: { state: "sent" } });
  });

  test("whose webhook comes before its answer has it posted once, with its reason", async () => {
    const deposit = await paid("25");
    expect(await give(wanted(deposit, "20"), mute())).toMatchObject({ value: { state: expect.any(String) } });
    await expect.poll(async () => (await room.books(account)).paid).toBe("5");
    const [request] = await room.ctx.db.select().from(refundRequests).where(eq(refundRequests.accountId, account.id));
    expect(request?.state).toBe("sent");
    expect((await room.books(account)).notes).toEqual(["Paid twice"]);
  });

  test("that refuses leaves the money where it was, and says why", async () => {
    const deposit = await paid("25");
    await room.service.webhooks.deliver("late");
    await room.press(`${deposit.replace("stripe:", "")}/dispute`);
    expect(await give(wanted(deposit, "20"))).toMatchObject({
      ok: true,
      value: { state: "failed", problem: expect.stringContaining("charged back") },
    });
    expect((await room.books(account)).posted).toEqual(["deposit 25"]);
    await room.service.webhooks.deliver("now");
  });

  test("to whom the money came back has it credited again, and the request says so", async () => {
    const deposit = await paid("25");
    await give(wanted(deposit, "20"));
    const [made] = (await room.sdk.refunds.list({ payment_intent: deposit.replace("stripe:", "") })).data;
    await room.press(`refunds/${made?.id}/fail`);
    await expect.poll(async () => (await room.books(account)).paid).toBe("25");
    const [request] = await room.ctx.db.select().from(refundRequests).where(eq(refundRequests.accountId, account.id));
    expect(request).toMatchObject({ state: "failed", problem: expect.stringContaining("came back") });
  });
});

describe("refunds above $500 in a day", () => {
  test("wait for a second operator, who sends them; who asked cannot", async () => {
    const deposit = await paid("900");
    expect(await give(wanted(deposit, "300"))).toMatchObject({ value: { state: "sent" } });
    const second = wanted(deposit, "200.01");
    expect(await give(second)).toMatchObject({ value: { state: "waiting" } });
    expect(await decide(second, olga)).toMatchObject({ ok: false, problem: { code: "invalid" } });
    expect(await refundsAtProvider(deposit)).toEqual([30_000]);
    expect(await decide(second, OTTO)).toMatchObject({ ok: true, value: { state: "sent", decidedBy: OTTO } });
    expect(await decide(second, OTTO)).toMatchObject({ ok: true, created: false });
    expect((await room.books(account)).paid).toBe("399.99");
    expect(await lines()).toEqual([
      ["refund.give", "done"],
      ["refund.request", "done"],
      ["refund.approve", "refused"],
      ["refund.approve", "done"],
    ]);
  });

  test("are refused by then where the money was spent meanwhile, and declined give nothing back", async () => {
    const deposit = await paid("900");
    const [spent, declined] = [wanted(deposit, "800"), wanted(deposit, "600")];
    for (const each of [spent, declined]) expect(await give(each)).toMatchObject({ value: { state: "waiting" } });
    await spend("200");
    expect(await decide(spent, OTTO)).toMatchObject({ ok: false, problem: { path: "amount" } });
    expect(await decide(declined, OTTO, false)).toMatchObject({ ok: true, value: { state: "declined" } });
    expect(await decide(declined, OTTO, true)).toMatchObject({ problem: { code: "conflict" } });
    expect(await refundsAtProvider(deposit)).toEqual([]);
  });

  test("cannot be decided by who asked, taken back or changed, not even past the service", async () => {
    const deposit = await paid("900");
    const request = wanted(deposit, "800");
    await give(request);
    const change = (set: Partial<typeof refundRequests.$inferInsert>) =>
      room.ctx.db.update(refundRequests).set(set).where(eq(refundRequests.reference, request.reference));
    const own = change({ state: "sending", decidedBy: olga, decidedAt: new Date(), decisionReason: "mine" });
    await expect(own).rejects.toSatisfy((error) => codeOf(error) === "23514");
    await expect(change({ amount: dollars("1") })).rejects.toSatisfy((error) => codeOf(error) === "23001");
    await decide(request, OTTO, false);
    await expect(change({ state: "sending" })).rejects.toSatisfy((error) => codeOf(error) === "23001");
  });
});

describe("money of an account that was closed", () => {
  const close = (paid: "refund" | "give_up") => closeAccount(room.ctx, { account, paid });
  const owed = async () =>
    (await owedAfterClosing()).flatMap((each) => (each.account.id === account.id ? [each.owed] : []));

  test("is owed until it went back, less what late usage took, and then is forgotten", async () => {
    const deposit = await paid("25");
    await spend("5.003");
    expect(await owed()).toEqual([]);
    expect(await close("refund")).toMatchObject({ ok: true });
    expect(await owed()).toEqual(["19.99"]);
    await spend("2");
    await settleClosings(room.ctx);
    expect(await owed()).toEqual(["17.99"]);
    expect(await refundableOf(account.externalId)).toMatchObject({
      deposits: [{ reference: deposit, refundable: "17.99" }],
    });
    expect(await give(wanted(deposit, "17.99"))).toMatchObject({ ok: true, value: { state: "sent" } });
    await settleClosings(room.ctx);
    expect(await owed()).toEqual([]);
  });

  test("is owed to nobody who gave it up; what came another way is owed, and not given back here", async () => {
    await paid("25");
    await close("give_up");
    expect(await owed()).toEqual([]);
    account = await room.customer();
    const invoice = { reference: account.externalId, amount: dollars("40"), method: "invoice" } as const;
    await recordDeposit(room.ctx, { account, ...invoice });
    await close("refund");
    expect(await owed()).toEqual(["40"]);
    expect(await refundableOf(account.externalId)).toMatchObject({ deposits: [] });
  });
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accounts } from "@/db/schema/accounts";
import { betaGateOf } from "@/lib/queries/beta-gate";
import { bonusChecklist, ownPairChecklist, pairChecklists } from "@/lib/queries/checklists";
import { referralsPage } from "@/lib/queries/referrals";
import { commissionPostings, royaltyPostings } from "@/lib/queries/releases";
import { statementPage } from "@/lib/queries/statement";
import { type Books, dollars, openBooks, settled } from "@/lib/queries/testing/books";
import type { OpenedAccount } from "@/lib/services/accounts/open-account";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import { setPrice } from "@/lib/services/prices/set-price";
import { sweep } from "@/lib/services/programs/sweep";
import { applyForRelease } from "@/lib/services/referrals/apply";
import { decideApplication } from "@/lib/services/referrals/decide";
import { enrol } from "@/lib/services/referrals/enrol";
import { registerTemplate } from "@/lib/services/templates/register-template";
import { ingest } from "@/lib/services/usage/ingest";
import { whyPosting } from "./posting";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;

beforeAll(async () => {
  books = await openBooks();
});

afterAll(() => books.close());

async function codeOf({ id }: OpenedAccount): Promise<string> {
  const [row] = await books.ctx.db.select({ code: accounts.referralCode }).from(accounts).where(eq(accounts.id, id));
  return row?.code ?? "";
}

const seqsOf = async (account: OpenedAccount, kind: string): Promise<string[]> =>
  (await statementPage(account, { below: null, size: 50 })).postings.flatMap((each) =>
    each.kind === kind ? [each.seq] : [],
  );

async function newestOf(account: OpenedAccount, kind: string) {
  const [seq = ""] = await seqsOf(account, kind);
  const why = await whyPosting(account, seq);
  if (!why) throw new Error(`There is no ${kind} to explain`);
  return why;
}

const exact = (text: string): bigint => {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(13, "0"));
};

describe("a charge", () => {
  test("leads to its event, the price in force, the arithmetic, and the deposits and grants that paid", async () => {
    const sku = "why.gpu";
    await settled(setPrice(books.ctx, { sku, service: "pod", unit: "hour", amount: dollars("0.34") }));
    const account = await books.account({ externalId: "w1" });
    await settled(
      grantCredit(books.ctx, {
        account,
        reference: "w1-g",
        bucket: "promo",
        amount: dollars("0.001"),
        reason: "hello",
      }),
    );
    await books.deposit(account, "0.002");
    await ingest(books.ctx, [
      {
        specversion: "1.0",
        type: "usage",
        source: "fleet",
        id: "w1-event",
        subject: "w1",
        time: new Date().toISOString(),
        data: { sku, durationMs: 60_000, quantity: "1", resource: "pod_1" },
      },
    ]);
    const why = await newestOf(account, "usage");
    expect(why.charge).toMatchObject({
      source: "fleet",
      id: "w1-event",
      sku,
      resource: "pod_1",
      quantity: "1",
      durationMs: "60000",
      price: { amount: "0.34", unit: "hour" },
      exact: { dollars: "0.005666666666666666", isWhole: false },
      charge: "0.005666667",
    });
    expect(why.paidBy).toMatchObject([
      { bucket: "promo", amount: "0.001", lots: [{ amount: "0.001", lot: { kind: "grant" } }] },
      {
        bucket: "paid",
        amount: "0.004666667",
        lots: [
          { amount: "0.002", lot: { kind: "deposit" } },
          { amount: "0.002666667", lot: null },
        ],
      },
    ]);
    await books.deposit(account, "1");
    const settledSince = await whyPosting(account, why.seq);
    expect(settledSince?.paidBy[1]?.lots.map(({ lot }) => lot?.kind)).toEqual(["deposit", "deposit"]);
    const deposit = await newestOf(account, "deposit");
    expect(deposit.lots).toEqual([
      {
        bucket: "paid",
        amount: "1",
        spent: "0.002666667",
        takenBack: "0",
        left: "0.997333333",
        expired: "0",
        expiresAt: null,
      },
    ]);
  });

  test("by the platform's own price is told as it was sent, and one taken back names the event that did it", async () => {
    const account = await books.account({ externalId: "w2" });
    await books.deposit(account, "5");
    await books.use([{ subject: "w2", amount: "2" }]);
    const before = await newestOf(account, "usage");
    expect(before.charge).toMatchObject({ price: null, exact: null, charge: "2" });
    await ingest(books.ctx, [
      {
        specversion: "1.0",
        type: "usage.void",
        source: "fleet",
        id: "w2-void",
        subject: "w2",
        time: new Date().toISOString(),
        data: { voids: { source: before.charge?.source, id: before.charge?.id } },
      },
    ]);
    const [taken, by] = [await whyPosting(account, before.seq), await newestOf(account, "void")];
    expect(taken?.charge?.voidedBySeq).toBe(by.seq);
    expect(taken?.paidBy).toEqual([]);
    expect(by.charge?.voidsSeq).toBe(before.seq);
  });

  test("of another account, or of none, is not there", async () => {
    const account = await books.account({ externalId: "w3" });
    const other = await books.account({ externalId: "w3-other" });
    await books.deposit(other, "1");
    for (const seq of ["1", "0", "-1", "x", "99999999999999999999", "1; --"]) {
      expect(await whyPosting(account, seq)).toBeNull();
    }
  });
});

test("a refund leads to its deposit", async () => {
  const account = await books.account({ externalId: "w4" });
  const { reference } = await books.deposit(account, "10");
  await settled(reverseDeposit(books.ctx, { deposit: reference, reference: "w4-r", reason: "refund" }));
  const [deposit] = await seqsOf(account, "deposit");
  expect((await newestOf(account, "refund")).depositSeq).toBe(deposit);
});

describe("a commission", () => {
  test("leads to its pairs, the rates, what had accrued exactly, the floor, and what was posted before", async () => {
    const referrer = await books.account({ externalId: "w5" });
    const referred = await books.account({ externalId: "w5-secret", referralCode: await codeOf(referrer) });
    await books.deposit(referred, "9");
    await books.use([{ subject: "w5-secret", amount: "1.000000001" }]);
    await sweep(books.ctx);
    await books.use([{ subject: "w5-secret", service: "serverless", amount: "2.000000003" }]);
    await sweep(books.ctx);
    const { earning } = await newestOf(referrer, "commission");
    expect(earning).toMatchObject({
      program: "referral",
      number: "2",
      accrued: "0.13000000018",
      accruedBefore: "0.03000000003",
      before: "0.03",
      gained: "0.1",
      released: "0",
      others: "0",
      since: "0",
    });
    expect(earning?.sources.map(({ service, base, rate, accrual }) => [service, base, rate, accrual])).toEqual([
      ["pod", "1.000000001", "3%", "0.03000000003"],
      ["serverless", "2.000000003", "5%", "0.10000000015"],
    ]);
    const sum = earning?.sources.reduce((total, { accrual }) => total + exact(accrual), 0n);
    expect(sum).toBe(exact(earning?.accruedNow ?? "0"));
    const told = JSON.stringify(await newestOf(referrer, "commission"));
    for (const secret of [referred.id, "w5-secret"]) expect(told).not.toContain(secret);
    const postings = await commissionPostings(referrer);
    expect(postings.map(({ gained }) => gained)).toEqual(["0.1", "0.03"]);
  });
});

test("a royalty leads to its template's days, and to the terms it is pinned to", async () => {
  const creator = await books.account({ externalId: "w6" });
  await settled(registerTemplate(books.ctx, { externalId: "w6-t", creator, name: "T" }));
  const user = await books.account({ externalId: "w6-user" });
  await books.deposit(user, "10");
  await books.use([{ subject: "w6-user", amount: "3", template: "w6-t", durationMs: 1000 }]);
  await sweep(books.ctx);
  const { earning } = await newestOf(creator, "royalty");
  expect(earning).toMatchObject({ template: "w6-t", accrued: "0.03", gained: "0.03", accruedNow: "0.03", others: "0" });
  expect(earning?.sources).toMatchObject([{ base: "3", rate: "1%", accrual: "0.03", service: null }]);
  expect(await royaltyPostings(creator, "w6-t")).toHaveLength(1);
  expect(await royaltyPostings(creator, "another")).toEqual([]);
});

describe("conditions", () => {
  test("are told to both sides of a pair, amounts only to the one who spends", async () => {
    const referrer = await books.account({ externalId: "w7" });
    const referred = await books.account({ externalId: "w7-a", referralCode: await codeOf(referrer) });
    await books.deposit(referred, "10");
    await books.use([{ subject: "w7-a", amount: "7.654321" }]);
    const [{ referrals }, own, bonus] = [
      await referralsPage(referrer, null),
      await ownPairChecklist(referred),
      await bonusChecklist(referred),
    ];
    const theirs = await pairChecklists(
      referrer,
      referrals.map(({ id }) => id),
    );
    const missing = { of: "dollars", amount: "2.345679" };
    expect(own?.conditions.find(({ name }) => name === "spend")?.missing).toEqual(missing);
    expect(bonus.find(({ name }) => name === "spend")?.missing).toEqual(missing);
    const told = JSON.stringify([...theirs]);
    expect(told).toContain("not_yet");
    for (const secret of ["2.345679", "7.654321", "w7-a", referred.id]) expect(told).not.toContain(secret);
    expect(await pairChecklists(referred, [...theirs.keys()])).toEqual(new Map());
  });

  test("of the beta gate are the ones an application is judged by; declined, it may be sent again later", async () => {
    const referrer = await books.account({ externalId: "w8" });
    expect(await betaGateOf(referrer)).toBeNull();
    const referralCode = await codeOf(referrer);
    const spendOf = async (index: number, amount: string) => {
      const account = await books.account({ externalId: `w8-${index}`, referralCode });
      await settled(enrol(books.ctx, { account, program: "referral-beta", reference: `w8-${index}` }));
      await books.deposit(account, amount);
      await books.use([{ subject: `w8-${index}`, amount }]);
    };
    for (let index = 0; index < 24; index += 1) await spendOf(index, "20");
    await sweep(books.ctx);
    expect(await betaGateOf(referrer)).toMatchObject({
      pending: "9.6",
      mayApply: false,
      accounts: { have: 24, need: 25 },
      spend: { have: "480", need: "500" },
      conditions: [
        { name: "gate_accounts", missing: { of: "accounts", amount: "1" } },
        { name: "gate_spend", missing: { of: "dollars", amount: "20" } },
        { name: "application", reason: "to_apply" },
      ],
    });
    const early = await applyForRelease(books.ctx, { account: referrer, reference: "w8-early" });
    expect(early.ok).toBe(false);
    await spendOf(24, "20");
    expect(await betaGateOf(referrer)).toMatchObject({ mayApply: true, attempts: 0 });
    await settled(applyForRelease(books.ctx, { account: referrer, reference: "w8-first" }));
    expect(await betaGateOf(referrer)).toMatchObject({ mayApply: false, application: { state: "submitted" } });
    await settled(decideApplication(books.ctx, { reference: "w8-first", accept: false, reason: "Not this month" }));
    const declined = await betaGateOf(referrer);
    expect(declined).toMatchObject({
      mayApply: false,
      attempts: 1,
      application: { state: "declined", reason: "Not this month" },
    });
    const waits = Date.parse(declined?.againAt ?? "") - Date.parse(declined?.application?.decidedAt ?? "");
    expect(waits).toBe(30 * 86_400_000);
  });
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accounts } from "@/db/schema/accounts";
import { followLink } from "@/lib/services/accounts/follow-link";
import type { OpenedAccount } from "@/lib/services/accounts/open-account";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import { bindDraws } from "@/lib/services/programs/bind-draws";
import { revealDraws } from "@/lib/services/programs/reveal-draws";
import { sweep } from "@/lib/services/programs/sweep";
import { enrol } from "@/lib/services/referrals/enrol";
import { betaGateOf } from "./beta-gate";
import { commissionEarned } from "./earnings";
import { referralLink } from "./referral-link";
import { ownReferral, referralsPage } from "./referrals";
import { type Books, openBooks, settled } from "./testing/books";

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

describe("a referrer", () => {
  test("sees what each referral earned by service, to the last digit, whether swept or not", async () => {
    const referrer = await books.account({ externalId: "r1" });
    const referred = await books.account({ externalId: "r1-a", referralCode: await codeOf(referrer) });
    await books.deposit(referred, "9");
    await books.use([
      { subject: "r1-a", amount: "1.000000001" },
      { subject: "r1-a", service: "serverless", amount: "2.000000003" },
      { subject: "r1-a", service: "storage", amount: "3" },
    ]);
    const { referrals } = await referralsPage(referrer, null);
    expect(referrals).toHaveLength(1);
    expect(referrals[0]).toMatchObject({
      stage: "spending",
      earned: [
        { service: "pod", rate: "3%", amount: "0.03000000003" },
        { service: "serverless", rate: "5%", amount: "0.10000000015" },
      ],
      earnedTotal: "0.13000000018",
      bonus: { state: "locked", trigger: "10", counted: "paid spend" },
    });
    const unswept = await commissionEarned(referrer);
    await sweep(books.ctx);
    const swept = await commissionEarned(referrer);
    expect([unswept.accrued, swept.accrued]).toEqual(["0.13000000018", "0.13000000018"]);
    expect([unswept.released, swept.released]).toEqual(["0", "0.13"]);
  });

  test("is told nothing that names the other account or its usage", async () => {
    const referrer = await books.account({ externalId: "r2" });
    const referred = await books.account({ externalId: "r2-secret", referralCode: await codeOf(referrer) });
    await books.deposit(referred, "40");
    await books.use([{ subject: "r2-secret", service: "storage", amount: "12.345678901" }]);
    const told = JSON.stringify([await referralsPage(referrer, null), await referralLink(referrer)]);
    for (const secret of [referred.id, "r2-secret", "12.345678901", "12345678901"]) expect(told).not.toContain(secret);
  });

  test("sees how many followed, signed up, spend and qualified, and the stage of each", async () => {
    const referrer = await books.account({ externalId: "r3" });
    const referralCode = await codeOf(referrer);
    for (let times = 0; times < 3; times += 1) await followLink(books.ctx, { code: referralCode, isNewVisitor: true });
    await books.account({ externalId: "r3-idle", referralCode });
    await books.account({ externalId: "r3-self", referralCode, email: "r3+me@example.com" });
    const spends = { "r3-some": "1", "r3-all": "10" };
    for (const [externalId, amount] of Object.entries(spends)) {
      await books.deposit(await books.account({ externalId, referralCode }), "10");
      await books.use([{ subject: externalId, amount }]);
    }
    const { stages, bonuses, url } = await referralLink(referrer);
    expect(stages).toEqual({ followed: 3, signedUp: 4, spending: 2, qualified: 1, earning: 1 });
    expect(bonuses).toEqual({ drawn: 0, waiting: 1, takenBack: 0, amount: "0" });
    expect(url).toBe(`http://localhost:3000/r/${referralCode}`);
    const { referrals } = await referralsPage(referrer, null);
    expect(referrals.map(({ stage, voidReason, bonus }) => [stage, voidReason, bonus.state])).toEqual([
      ["qualified", null, "due"],
      ["spending", null, "locked"],
      ["void", "self", "none"],
      ["signed_up", null, "locked"],
    ]);
    await bindDraws(books.ctx, new Uint8Array(32));
    const [newest] = (await referralsPage(referrer, null)).referrals;
    expect(newest?.bonus.state).toBe("bound");
  });

  test("sees every referral once over all pages, and the first page for a cursor that is none", async () => {
    const referrer = await books.account({ externalId: "r4" });
    const referralCode = await codeOf(referrer);
    for (let index = 0; index < 23; index += 1) await books.account({ externalId: `r4-${index}`, referralCode });
    const first = await referralsPage(referrer, null);
    const second = await referralsPage(referrer, first.next);
    expect(second.next).toBeNull();
    const ids = [...first.referrals, ...second.referrals].map(({ id }) => id);
    expect(new Set(ids).size).toBe(23);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(await referralsPage(referrer, "'; --")).toEqual(first);
  });
});

test("a referrer under the beta terms reads what waits for their gate, and whether it has other pairs beside", async () => {
  const referrer = await books.account({ externalId: "r7" });
  const referralCode = await codeOf(referrer);
  const beta = await books.account({ externalId: "r7-beta", referralCode });
  await settled(enrol(books.ctx, { account: beta, program: "referral-beta", reference: "r7-beta" }));
  await books.deposit(beta, "5");
  await books.use([{ subject: "r7-beta", amount: "5" }]);
  await sweep(books.ctx);
  expect(await commissionEarned(referrer)).toMatchObject({ pending: "0.1", pendingFor: { review: "0", gate: "0.1" } });
  expect(await betaGateOf(referrer)).toMatchObject({ pending: "0.1", hasOthers: false });
  await books.account({ externalId: "r7-current", referralCode });
  expect(await betaGateOf(referrer)).toMatchObject({ hasOthers: true });
});

test("a bonus is shown to its referrer as taken back while the spend behind it is, and counts again when it returns", async () => {
  const referrer = await books.account({ externalId: "r6" });
  const referred = await books.account({ externalId: "r6-a", referralCode: await codeOf(referrer) });
  const { reference } = await books.deposit(referred, "10");
  await books.use([{ subject: "r6-a", amount: "10" }]);
  const secret = new Uint8Array(32);
  await bindDraws(books.ctx, secret);
  const shown = async () => {
    await sweep(books.ctx);
    const [{ referrals }, { bonuses }] = [await referralsPage(referrer, null), await referralLink(referrer)];
    return { bonus: referrals[0]?.bonus, bonuses };
  };
  const drawn = await vi.waitFor(
    async () => {
      await revealDraws(books.ctx, secret);
      const now = await shown();
      expect(now.bonus?.state).toBe("drawn");
      return now;
    },
    { timeout: 30_000, interval: 200 },
  );
  expect(drawn.bonuses).toMatchObject({ drawn: 1, waiting: 0, takenBack: 0 });
  await settled(reverseDeposit(books.ctx, { deposit: reference, reference: "r6-1", reason: "chargeback" }));
  const taken = await shown();
  expect(taken.bonus).toEqual({ ...drawn.bonus, state: "taken_back", review: null });
  expect(taken.bonuses).toEqual({ drawn: 1, waiting: 0, takenBack: 1, amount: "0" });
  await settled(reverseDeposit(books.ctx, { deposit: reference, reference: "r6-2", reason: "dispute_won" }));
  expect(await shown()).toEqual(drawn);
});

describe("a referred account", () => {
  test("is told what its referrer earns and the exact end of the window", async () => {
    const referrer = await books.account({ externalId: "r5" });
    const referred = await books.account({
      externalId: "r5-a",
      referralCode: await codeOf(referrer),
      signedUpAt: new Date("2026-08-31T10:00:00.000Z"),
    });
    expect(await ownReferral(referred)).toMatchObject({
      rates: [
        { service: "pod", rate: "3%" },
        { service: "serverless", rate: "5%" },
      ],
      window: { end: "2027-02-28T10:00:00.000Z" },
      voidReason: null,
    });
    expect(await ownReferral(referrer)).toBeNull();
  });
});

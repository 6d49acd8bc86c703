import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { referrals } from "@/db/schema/programs";
import { makeForecasts } from "@/lib/services/referrals/make-forecasts";
import { scoreForecasts } from "@/lib/services/referrals/score-forecasts";
import { pairHistory } from "./pair-history";
import { forecastScore, forecastsOf, latestForecasts } from "./referral-forecasts";
import { referralLink } from "./referral-link";
import { referralById } from "./referrals";
import { type Books, openBooks } from "./testing/books";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

const DAY_MS = 86_400_000;
let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

async function pairOf(name: string, signedUpAt: Date) {
  const referrer = await books.account({ externalId: `${name}-of` });
  const { code: referralCode } = await referralLink(referrer);
  const referred = await books.account({ externalId: name, referralCode, signedUpAt });
  const [row] = await books.ctx.db.select().from(referrals).where(eq(referrals.referredId, referred.id));
  return { referrer, referred, id: row?.id ?? "" };
}

test("what a referral earned month by month adds up to what it earned, to the last digit", async () => {
  const now = new Date();
  const firstOf = (monthsAgo: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, 1));
  const { referrer, referred, id } = await pairOf("m1", firstOf(3));
  await books.deposit(referred, "30");
  const [march, april] = [firstOf(2), firstOf(1)];
  await books.use([
    { subject: "m1", amount: "1.000000001", time: new Date(march.getTime() + DAY_MS) },
    { subject: "m1", amount: "2", time: new Date(april.getTime() - 1) },
    { subject: "m1", service: "serverless", amount: "3.000000003", time: april },
    { subject: "m1", service: "storage", amount: "4", time: april },
  ]);
  const history = await pairHistory(referrer, id);
  const month = (at: Date) => at.toISOString().slice(0, 7);
  expect(history?.months).toEqual([
    { month: month(april), byService: [{ service: "serverless", amount: "0.15000000015" }], total: "0.15000000015" },
    { month: month(march), byService: [{ service: "pod", amount: "0.09000000003" }], total: "0.09000000003" },
  ]);
  expect((await referralById(referrer, id))?.earnedTotal).toBe("0.24000000018");
});

test("a referral, its months and its forecasts are shown to its referrer and to nobody else", async () => {
  const { referrer, referred, id } = await pairOf("m2", new Date(Date.now() - 40 * DAY_MS));
  await books.deposit(referred, "30");
  await books.use([{ subject: "m2", amount: "10", time: new Date(Date.now() - 10 * DAY_MS) }]);
  await makeForecasts(books.ctx);
  expect((await latestForecasts(referrer, [id])).get(id)).toMatchObject({ low: "0.3" });
  expect(await forecastsOf(referrer, id)).toHaveLength(1);
  const stranger = await books.account({ externalId: "m2-stranger" });
  for (const other of [stranger, referred]) {
    expect(await referralById(other, id)).toBeNull();
    expect(await pairHistory(other, id)).toBeNull();
    expect(await forecastsOf(other, id)).toEqual([]);
    expect((await latestForecasts(other, [id])).size).toBe(0);
  }
  expect(await referralById(referrer, "'; --")).toBeNull();
});

test("a referrer is told how near the forecasts of windows that ended came", async () => {
  const { referrer, referred, id } = await pairOf("m3", new Date(Date.now() - 40 * DAY_MS));
  await books.deposit(referred, "30");
  await books.use([{ subject: "m3", amount: "10", time: new Date(Date.now() - 10 * DAY_MS) }]);
  await makeForecasts(books.ctx);
  expect(await forecastScore(referrer)).toBeNull();
  const [said] = await forecastsOf(referrer, id);
  await scoreForecasts({ ...books.ctx, clock: () => new Date(Date.now() + 300 * DAY_MS) });
  expect(await forecastsOf(referrer, id)).toEqual([{ ...said, outcome: "0.3" }]);
  const offBy = Number(said?.middle) - 0.3;
  const score = await forecastScore(referrer);
  expect(score).toMatchObject({ windows: 1, forecasts: 1, inRange: 1 });
  expect(Number(score?.offBy)).toBeCloseTo(offBy, 9);
});

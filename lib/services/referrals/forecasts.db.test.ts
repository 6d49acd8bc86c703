import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rawOf } from "@/db/client";
import { accounts, wallets } from "@/db/schema/accounts";
import { referralForecasts, referrals } from "@/db/schema/programs";
import { accrue, basisPoints } from "@/lib/money/accrual";
import { services } from "@/lib/programs/account";
import { WEEK_MS } from "@/lib/programs/forecast";
import { type Books, dollars, openBooks, settled } from "@/lib/queries/testing/books";
import type { OpenedAccount } from "@/lib/services/accounts/open-account";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { ingest } from "@/lib/services/usage/ingest";
import { makeForecasts } from "./make-forecasts";
import { pairDays } from "./pair-days";
import { scoreForecasts } from "./score-forecasts";

const DAY_MS = 86_400_000;
let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

const ago = (days: number) => new Date(Date.now() - days * DAY_MS);
const percent = (amount: string, rate: number) => accrue(dollars(amount), basisPoints(rate * 100));

async function pair(name: string, signedUpAt: Date): Promise<OpenedAccount> {
  const referrer = await books.account({ externalId: `${name}-of` });
  const [own] = await books.ctx.db.select().from(accounts).where(eq(accounts.id, referrer.id));
  return books.account({ externalId: name, referralCode: own?.referralCode ?? "", signedUpAt });
}

async function daysOf({ id }: OpenedAccount) {
  const [row] = await books.ctx.db.select().from(referrals).where(eq(referrals.referredId, id));
  if (!row) throw new Error(`${id} was referred by nobody`);
  return books.ctx.db.transaction((tx) => pairDays(rawOf(tx), { ...row, provenance: "paid" }));
}

const forecastsOf = async ({ id }: OpenedAccount) => {
  const [row] = await books.ctx.db.select().from(referrals).where(eq(referrals.referredId, id));
  return books.ctx.db
    .select()
    .from(referralForecasts)
    .where(eq(referralForecasts.referralId, row?.id ?? ""))
    .orderBy(referralForecasts.week);
};

const at = (when: Date) => ({ ...books.ctx, clock: () => when });

test("a pair's days add up to what its wallet keeps: promo, arrears, voids and usage outside the window included", async () => {
  const referred = await pair("sums", ago(190));
  await books.deposit(referred, "20");
  await settled(
    grantCredit(books.ctx, {
      account: referred,
      reference: "sums-1",
      bucket: "promo",
      amount: dollars("3"),
      reason: "a test",
    }),
  );
  const usage = [
    ["pod", "4.000000001", 200],
    ["serverless", "5", 100],
    ["storage", "2", 100],
    ["pod", "6.5", 40],
    ["serverless", "1.25", 1],
    ["pod", "7.5", 0],
  ] as const;
  for (const [service, amount, days] of usage) {
    await books.use([{ subject: "sums", service, amount, time: ago(days) }]);
  }
  const event = { specversion: "1.0", source: "sums", subject: "sums", time: ago(30).toISOString() };
  await ingest(books.ctx, [{ ...event, type: "usage", id: "e", data: { service: "pod", amount: "2" } }]);
  await ingest(books.ctx, [{ ...event, type: "usage.void", id: "v", data: { voids: { source: "sums", id: "e" } } }]);

  const days = await daysOf(referred);
  const [wallet] = await books.ctx.db.select().from(wallets).where(eq(wallets.accountId, referred.id));
  const sums = services.map((service) =>
    days.filter((each) => each.service === service).reduce((sum, { base }) => sum + base, 0n),
  );
  expect(wallet && wallet.paidNet < 0n).toBe(true);
  expect(sums).toEqual([wallet?.basePod, wallet?.baseServerless, wallet?.baseStorage]);
  expect(days[0]?.day).toBe(ago(190).toISOString().slice(0, 10));
});

test("a forecast is made once a week from the weeks seen, and never said otherwise afterwards", async () => {
  const referred = await pair("weekly", ago(29));
  await books.deposit(referred, "100");
  for (const [amount, days] of [
    ["10", 25],
    ["20", 18],
    ["10", 11],
    ["40", 4],
  ] as const) {
    await books.use([{ subject: "weekly", amount, time: ago(days) }]);
  }
  const now = new Date();
  await makeForecasts(at(now));
  const [made, ...rest] = await forecastsOf(referred);
  expect(rest).toEqual([]);
  const left = BigInt((made?.windowEnd.getTime() ?? 0) - now.getTime());
  const earned = percent("80", 3);
  expect(made).toMatchObject({
    earned,
    low: earned + (percent("10", 3) * left) / BigInt(WEEK_MS),
    middle: earned + (percent("80", 3) * left) / BigInt(4 * WEEK_MS),
    high: earned + (percent("40", 3) * left) / BigInt(WEEK_MS),
    outcome: null,
  });

  await books.use([{ subject: "weekly", amount: "20" }]);
  await Promise.all([makeForecasts(at(now)), makeForecasts(at(now))]);
  expect(await forecastsOf(referred)).toEqual([made]);
  await makeForecasts(at(new Date(now.getTime() + WEEK_MS)));
  expect(await forecastsOf(referred)).toHaveLength(2);
  for (const statement of ["update referral_forecasts set high = high + 1", "delete from referral_forecasts"]) {
    await expect(books.ctx.db.$client.unsafe(statement), statement).rejects.toThrow(/stays said|permission denied/);
  }
});

test("what a window earned is written beside its forecasts a day after its end, once", async () => {
  const referred = await pair("ended", ago(60));
  await books.deposit(referred, "50");
  await books.use([{ subject: "ended", service: "serverless", amount: "12", time: ago(20) }]);
  await makeForecasts(books.ctx);
  const [made] = await forecastsOf(referred);
  const end = made?.windowEnd.getTime() ?? 0;
  await scoreForecasts(at(new Date(end + DAY_MS - 1)));
  expect((await forecastsOf(referred))[0]).toMatchObject({ outcome: null, scoredAt: null });
  const later = new Date(end + DAY_MS);
  await scoreForecasts(at(later));
  expect(await forecastsOf(referred)).toEqual([{ ...made, outcome: percent("12", 5), scoredAt: later }]);
  expect(await scoreForecasts(at(new Date(end + 2 * DAY_MS)))).toBe(0);
});

test("nothing is forecast for who earns nothing: before a whole week, after the end, or where the pair is void", async () => {
  const early = await pair("early", ago(6));
  const over = await pair("over", ago(200));
  const own = await pair("void-me", ago(30));
  await books.ctx.db.update(referrals).set({ voidReason: "self" }).where(eq(referrals.referredId, own.id));
  await makeForecasts(books.ctx);
  for (const each of [early, over, own]) expect(await forecastsOf(each)).toEqual([]);
});

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bindDraws } from "@/lib/services/programs/bind-draws";
import { publishPrograms } from "@/lib/services/programs/publish-programs";
import { revealDraws } from "@/lib/services/programs/reveal-draws";
import { COUNTED_EVERY_MS, oddsRecords, publishedAnchors } from "./fairness";
import { type PublishedDraw, publishedDraws } from "./published-draws";
import { type Books, openBooks } from "./testing/books";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

const secret = new Uint8Array(32).fill(5);
const DRAWS = 5;
let books: Books;

beforeAll(async () => {
  books = await openBooks();
  for (let n = 0; n < DRAWS; n += 1) {
    const account = await books.account({ externalId: `person-${n}` });
    await books.deposit(account, "10");
    await books.use([{ subject: account.externalId, amount: "10" }]);
  }
});
afterAll(() => books.close());

async function listed(): Promise<PublishedDraw[]> {
  const draws: PublishedDraw[] = [];
  for (let before: string | undefined; ; ) {
    const page = await publishedDraws({ limit: 2, ...(before ? { before } : {}) });
    draws.push(...page.draws);
    if (page.next === null) return draws;
    before = page.next;
  }
}

test("a draw is listed once it has a round, before its result and after it, and every draw once", async () => {
  expect(await listed()).toEqual([]);
  await bindDraws(books.ctx, secret);
  const bound = await listed();
  expect(bound).toHaveLength(DRAWS);
  expect(bound.every(({ amount, drawnAt }) => amount === null && drawnAt === null)).toBe(true);
  expect(bound.map(({ drawId }) => drawId)).toEqual(
    bound
      .map(({ drawId }) => drawId)
      .sort()
      .reverse(),
  );
  expect((await publishedDraws({ limit: 2, before: "'; select" })).draws).toEqual(bound.slice(0, 2));

  let drawn = 0;
  await vi.waitFor(
    async () => {
      drawn += await revealDraws(books.ctx, secret);
      expect(drawn).toBe(DRAWS);
    },
    { timeout: 20_000, interval: 100 },
  );
  const after = await listed();
  expect(after.map(({ drawId, round }) => [drawId, round])).toEqual(bound.map(({ drawId, round }) => [drawId, round]));
  expect(after.every(({ amount, drawnAt }) => Number(amount) >= 5 && drawnAt !== null)).toBe(true);
  expect(JSON.stringify(after)).not.toContain("person");
});

test("every draw is counted by the odds it was made by, and readers share one count for some seconds", async () => {
  const [first, second] = await Promise.all([oddsRecords(), oddsRecords()]);
  expect(second).toBe(first);
  expect(await oddsRecords()).toBe(first);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + COUNTED_EVERY_MS });
  const later = await oddsRecords();
  vi.useRealTimers();
  expect(later).not.toBe(first);
  expect(later).toEqual(first);
  const amounts = (await listed()).map(({ amount }) => Number(amount));
  const records = first.filter(({ result }) => result.draws > 0);
  expect(records).toHaveLength(1);
  expect(records[0]?.result).toMatchObject({ draws: DRAWS, limit: null });
  expect(Number(records[0]?.meanDrawn) / 1e9).toBeCloseTo(amounts.reduce((sum, each) => sum + each, 0) / DRAWS, 6);
});

test("anchors and the public beacon's parameters are published", async () => {
  const anchors = await publishedAnchors();
  expect(anchors).toEqual([expect.objectContaining({ length: 10_000, used: DRAWS })]);
  const { beacons } = await publishPrograms(books.ctx.db);
  expect(beacons.chosen).toBe("local");
  expect(beacons.local.map(({ anchor }) => anchor)).toEqual(anchors.map(({ anchor }) => anchor));
  expect(beacons.drand).toMatchObject({ network: "quicknet", genesisTime: 1_692_803_367, period: 3, delaySeconds: 90 });
});

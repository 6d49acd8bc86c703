import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { laneOf } from "@/lib/ledger/lanes";
import { verify } from "@/lib/ledger/verify/verify";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { usageEvent, voidOf } from "@/lib/testing/usage-events";
import { bringBack } from "./bring-back";
import { partitionUsage } from "./partition";
import { attachedMonths, makeMonthsAhead } from "./partitions";
import { putAway } from "./put-away";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
  api.clock.now = new Date("2025-01-20T12:00:00.000Z");
});
afterAll(() => api.close());

const FIRST = "before-2025-02";
const name = "customer";

/** A charge that ends now. */
const charge = (amount: string, id: string = randomUUID()) =>
  usageEvent({ id, subject: name, time: api.clock.now.toISOString(), data: { service: "pod", amount } });

/** Takes an event back, now. */
const voidNow = (id: string) => ({
  ...voidOf({ subject: name, source: "tests", id }),
  time: api.clock.now.toISOString(),
});

async function accept(...events: unknown[]): Promise<void> {
  expect(await api.send(events)).toMatchObject({ accepted: events.length });
}

const EntriesPage = z.object({
  data: z.array(z.object({ cause: z.string(), account: z.string(), balanceAfter: z.string() })),
  next: z.string().nullable(),
});

/** All of an account's entries, newest first, in small pages. */
async function entriesOf(account: string) {
  const entries: z.infer<typeof EntriesPage>["data"] = [];
  let cursor: string | null = null;
  do {
    const query: string = `limit=3${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body } = await api.call("GET", `/api/v1/accounts/${account}/entries?${query}`);
    const page: z.infer<typeof EntriesPage> = EntriesPage.parse(body);
    entries.push(...page.data);
    cursor = page.next;
  } while (cursor !== null);
  return entries;
}

const partOf = async (id: string): Promise<string> => {
  const [row] = await api.owner<{ part: string }[]>`
    select tableoid::regclass::text as part from usage_events where id = ${id}`;
  return row?.part ?? "nowhere";
};

const whole = async (account: string) => ({
  account: await api.account(account),
  entries: await entriesOf(account),
});

describe("usage events by month", () => {
  test("what there was reads the same afterwards, and new events go to the month they are posted in", async () => {
    await api.make("/api/v1/accounts", { externalId: name });
    await api.make(`/api/v1/accounts/${name}/deposits`, { reference: "d1", amount: "100", method: "card" });
    await accept(charge("2", "early"), charge("3", "taken"), charge("1", "kept"));
    await accept(voidNow("taken"));
    await api.make(`/api/v1/accounts/${name}/grants`, {
      reference: "lasting",
      bucket: "promo",
      amount: "10",
      reason: "welcome",
      expiresAt: "2026-06-01T00:00:00.000Z",
    });
    await accept(charge("4", "from promo"));
    const before = await whole(name);
    expect(await partitionUsage(api.owner, api.clock.now)).toBe(FIRST);
    expect(await whole(name)).toEqual(before);
    api.clock.now = new Date("2025-02-10T12:00:00.000Z");
    await accept(charge("5", "later"));
    expect(await partOf("early")).toBe(`months.usage_events_${FIRST.replaceAll("-", "_")}`);
    expect(await partOf("later")).toBe("months.usage_events_2025_02");
    // Dated back, it stands where it was posted: a month that is over never changes.
    await accept({ ...charge("1", "late"), time: "2025-01-05T00:00:00.000Z" });
    expect(await partOf("late")).toBe("months.usage_events_2025_02");
    await expect(partitionUsage(api.owner, api.clock.now)).rejects.toThrow("by month already");
  });

  test("the worker makes the months to come, again without effect, and nobody else may", async () => {
    await api.owner`select usage_months_ahead(2, now() + interval '1 year')`;
    const worker = api.another("worker");
    expect(await makeMonthsAhead(worker.db.$client)).toBe(0);
    await expect(makeMonthsAhead(api.db.$client)).rejects.toThrow("permission denied");
    const last = (await attachedMonths(api.owner)).at(-1);
    expect(last?.until.getTime()).toBeGreaterThan(Date.now() + 365 * 86_400_000);
  });

  test("no process reaches a month past the whole, and nobody changes one", async () => {
    const part = "months.usage_events_2025_02";
    await expect(api.db.$client.unsafe(`select from ${part}`)).rejects.toThrow("permission denied");
    await expect(api.db.$client.unsafe("delete from usage_events")).rejects.toThrow("permission denied");
    for (const table of ["usage_events", part, `months.usage_events_${FIRST.replaceAll("-", "_")}`]) {
      await expect(api.owner.unsafe(`update ${table} set charge = 0`)).rejects.toThrow("append-only");
      await expect(api.owner.unsafe(`delete from ${table}`)).rejects.toThrow("append-only");
      await expect(api.owner.unsafe(`truncate ${table}`)).rejects.toThrow("append-only");
    }
  });

  test("a question about a period does not open the months before it", async () => {
    const plan = await api.owner`explain (costs off)
      select sum(charge) from usage_events
       where lane = ${laneOf(name)} and account_id = ${randomUUID()} and posted_at >= '2025-03-01T00:00:00Z'`;
    const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
    expect(text).toContain("usage_events_2025_03");
    expect(text).not.toContain("usage_events_2025_02");
  });
});

describe("a month that is put away", () => {
  test("is the oldest, is long over, and has been paid for", async () => {
    await expect(putAway(api.owner, "2025-02", api.clock.now)).rejects.toThrow(FIRST);
    await expect(putAway(api.owner, FIRST, new Date("2026-03-01T00:00:00Z"))).rejects.toThrow("2026-03-08");
    await api.make("/api/v1/accounts", { externalId: "owing" });
    const owed = (id: string) =>
      usageEvent({ id, subject: "owing", time: "2025-02-10T11:00:00.000Z", data: { service: "pod", amount: "3" } });
    api.clock.now = new Date("2025-01-31T23:59:59.000Z");
    await accept({ ...owed("unpaid"), time: "2025-01-31T11:00:00.000Z" });
    api.clock.now = new Date("2026-03-10T12:00:00.000Z");
    await expect(putAway(api.owner, FIRST, api.clock.now)).rejects.toThrow("not paid for yet, of owing");
    await api.make("/api/v1/accounts/owing/deposits", { reference: "settles", amount: "3", method: "invoice" });
  });

  test("leaves balances, verification and what expires as they would have been", async () => {
    const before = await whole(name);
    expect(await putAway(api.owner, FIRST, api.clock.now)).toBe(6);
    const after = await whole(name);
    expect(after.account).toEqual(before.account);
    expect(after.entries).toEqual(before.entries.slice(0, after.entries.length));
    expect(after.entries.map(({ cause }) => cause)).toContain("event:tests/later");
    expect(after.entries.map(({ cause }) => cause)).not.toContain("event:tests/from promo");
    expect((await verify(api.db)).differences).toEqual([]);
  });

  test("still knows its events' keys, and says that they cannot be taken back", async () => {
    const again = usageEvent({
      id: "early",
      subject: name,
      time: "2025-01-20T12:00:00.000Z",
      data: { service: "pod", amount: "2" },
    });
    expect(await api.send([again])).toMatchObject({ duplicates: 1 });
    expect((await api.send([voidNow("early")])).rejected).toMatchObject([
      { reason: "too_early", detail: expect.stringContaining("put away") },
    ]);
    await accept(voidNow("later"));
  });

  test("is not passed over in silence by a question about usage of that time", async () => {
    const usage = (from: string) => api.call("GET", `/api/v1/accounts/${name}/usage?from=${from}&bucket=month`);
    expect(await usage("2025-01-01T00:00:00.000Z")).toMatchObject({ status: 422 });
    expect(await usage("2025-02-01T00:00:00.000Z")).toMatchObject({ status: 200 });
  });

  test("lets credit expire by what its usage drew", async () => {
    api.clock.now = new Date("2026-06-02T00:00:00.000Z");
    // $10 came, $4 was drawn by what is put away, $5 and $1 by what is not, of which $5 came back.
    const { wallet } = await api.account(name);
    expect(wallet.promo).toBe("5");
    await api.sweep();
    expect((await api.account(name)).wallet.promo).toBe("0");
    expect((await verify(api.db)).differences).toEqual([]);
  });

  test("is asked for when money is taken back that paid for it, and can be brought back", async () => {
    const reversal = { reference: "back", reason: "chargeback" };
    const refused = await api.call("POST", "/api/v1/deposits/d1/reversals", { body: reversal });
    expect(refused).toMatchObject({ status: 409, type: "application/problem+json" });
    expect(JSON.stringify(refused.body)).toContain("npm run months -- attach");
    await expect(bringBack(api.owner, "2025-02")).rejects.toThrow(FIRST);
    await bringBack(api.owner, FIRST);
    expect(await api.call("POST", "/api/v1/deposits/d1/reversals", { body: reversal })).toMatchObject({ status: 201 });
    expect((await verify(api.db)).differences).toEqual([]);
    await expect(putAway(api.owner, FIRST, api.clock.now)).rejects.toThrow("not paid for yet");
    await api.make(`/api/v1/accounts/${name}/deposits`, { reference: "d2", amount: "200", method: "card" });
  });

  test("that is no longer in the database is missed by verify", async () => {
    await putAway(api.owner, FIRST, api.clock.now);
    await api.owner`alter table put_away.usage_events_before_2025_02 rename to elsewhere`;
    await expect(verify(api.db)).rejects.toThrow(FIRST);
    await expect(bringBack(api.owner, FIRST)).rejects.toThrow("restore");
    await api.owner`alter table put_away.elsewhere rename to usage_events_before_2025_02`;
    await bringBack(api.owner, FIRST);
    expect((await attachedMonths(api.owner))[0]?.month).toBe(FIRST);
  });
});

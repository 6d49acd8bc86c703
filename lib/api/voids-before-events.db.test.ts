import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge, voidOf } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
});
afterAll(() => api.close());

const open = (externalId: string, opening: Record<string, string>) =>
  api.make("/api/v1/accounts", { externalId, opening });
const wallet = async (account: string) => (await api.account(account)).wallet;

test("a void that came first is applied when its event comes, in the next request", async () => {
  await open("waits", { paid: "10" });
  const event = charge("waits", "4");
  expect(await api.send([voidOf(event)])).toMatchObject({ quarantined: 1 });
  expect(await api.send([event])).toMatchObject({ accepted: 1 });
  expect((await wallet("waits")).paid).toBe("10");
  expect(await api.send([voidOf(event), event])).toMatchObject({ duplicates: 2 });
});

test("a void that came first is applied when its event comes in the same request", async () => {
  await open("together", { paid: "10" });
  const event = charge("together", "4");
  expect(await api.send([voidOf(event), event])).toMatchObject({ accepted: 1, quarantined: 1 });
  expect((await wallet("together")).paid).toBe("10");
});

test("a void that waited leaves the events after it the credit that they would find alone", async () => {
  for (const [name, together] of [
    ["apart", false],
    ["in-one-request", true],
  ] as const) {
    await open(name, { promo: "5", paid: "10" });
    const [first, second] = [charge(name, "5"), charge(name, "5")];
    await api.send([voidOf(first)]);
    for (const events of together ? [[first, second]] : [[first], [second]]) await api.send(events);
    expect(await wallet(name)).toMatchObject({ promo: "0", paid: "10" });
  }
});

test("two voids of one event that waited for their account leave books that verify", async () => {
  const own = await apiHarness();
  const event = charge("later", "5");
  await own.send([event, voidOf(event), voidOf(event)]);
  await own.make("/api/v1/accounts", { externalId: "later", opening: { paid: "10" } });
  await own.close();
});

test("a void that came first is applied when both waited for their account", async () => {
  const event = charge("voids.first", "2");
  expect(await api.send([voidOf(event)])).toMatchObject({ status: 200, quarantined: 1 });
  expect(await api.send([event])).toMatchObject({ status: 200, quarantined: 1 });
  await api.make("/api/v1/accounts", { externalId: "voids.first", opening: { paid: "5" } });
  const { wallet, lifetime } = await api.account("voids.first");
  expect([wallet.paid, lifetime.charged]).toEqual(["5", "0"]);
  expect((await api.owner`select 1 from quarantine where subject = 'voids.first'`).length).toBe(0);
  expect(await api.send([voidOf(event), event])).toMatchObject({ accepted: 0, duplicates: 2 });
});

test("a void of another's event is left aside, also where both are in one transaction, and loses nobody's own", async () => {
  await open("mine", { paid: "10" });
  await open("theirs", { paid: "10" });
  const event = charge("theirs", "4");
  const foreign = { ...voidOf(event), subject: "mine" };
  expect(await api.send([foreign])).toMatchObject({ quarantined: 1 });
  expect(await api.send([charge("mine", "1"), event], "?atomic=true")).toMatchObject({ accepted: 2 });
  expect((await wallet("theirs")).paid).toBe("6");

  const later = charge("theirs", "5");
  expect(await api.send([{ ...voidOf(later), subject: "mine" }])).toMatchObject({ quarantined: 1 });
  expect(await api.send([voidOf(later)])).toMatchObject({ quarantined: 1 });
  expect(await api.send([later])).toMatchObject({ accepted: 1 });
  expect((await wallet("theirs")).paid).toBe("6");
});

test("an account's two names are one subject: the second void of an event that is to come is a duplicate", async () => {
  await open("named", { paid: "10" });
  const [row] = await api.owner<{ id: string; lane: number }[]>`
    select id, lane from accounts where external_id = 'named'`;
  await api.owner`insert into account_names (name, lane, account_id) values ('also', ${row?.lane ?? 0}, ${row?.id ?? ""})`;
  const event = charge("named", "4");
  expect(await api.send([voidOf(event)])).toMatchObject({ quarantined: 1 });
  expect(await api.send([{ ...voidOf(event), subject: "also", id: `${event.id}.again` }])).toMatchObject({
    duplicates: 1,
  });
  expect(await api.send([event])).toMatchObject({ accepted: 1 });
  expect((await wallet("named")).paid).toBe("10");
});

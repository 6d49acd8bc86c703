import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
});
afterAll(() => api.close());

const refusedFor = (path: string) => ({ status: 422, body: { errors: [{ path }] } });

/** The most an account's totals may reach, in dollars. */
const MOST = 4_000_000_000;

test("charges stop where an account's books end: what would pass that is too_large, and nothing else fails with it", async () => {
  await api.make("/api/v1/accounts", { externalId: "whale" });
  await api.make("/api/v1/accounts", { externalId: "minnow" });
  const events = Array.from({ length: 4_500 }, () => charge("whale", "1000000"));
  const answer = await api.send([...events, charge("whale", "0.01"), charge("minnow", "1")]);
  expect(answer).toMatchObject({ status: 200, accepted: 4_001, duplicates: 0 });
  expect(new Set(answer.rejected.map(({ reason }) => reason))).toEqual(new Set(["too_large"]));
  expect((await api.account("whale")).wallet).toMatchObject({ paid: "0", arrears: String(MOST) });
  expect(await api.send(events.slice(0, 10))).toMatchObject({ status: 200, duplicates: 10 });
  expect(await api.send([charge("whale", "0")])).toMatchObject({ status: 200, accepted: 1 });
});

test("money in, credit given and credit brought along stop there too, and say which amount", async () => {
  const open = (externalId: string, opening: Record<string, string>) =>
    api.call("POST", "/api/v1/accounts", { body: { externalId, opening } });
  expect(await open("over", { paid: "2000000000", promo: "2000000000.000000001" })).toMatchObject(
    refusedFor("opening"),
  );
  expect(await open("full", { paid: String(MOST - 5) })).toMatchObject({ status: 201 });
  expect(await open("given", { promo: "2000000000", earned: String(MOST - 2_000_000_000 - 5) })).toMatchObject({
    status: 201,
  });
  const deposit = (reference: string, amount: string) =>
    api.call("POST", "/api/v1/accounts/full/deposits", { body: { reference, amount, method: "invoice" } });
  expect(await deposit("d", "5.000000001")).toMatchObject(refusedFor("amount"));
  expect(await deposit("d", "5")).toMatchObject({ status: 201 });
  const grant = (bucket: string, reference: string, amount: string) =>
    api.call("POST", "/api/v1/accounts/given/grants", { body: { reference, amount, bucket, reason: "why" } });
  expect(await grant("promo", "g", "5.000000001")).toMatchObject(refusedFor("amount"));
  expect(await grant("earned", "g", "5")).toMatchObject({ status: 201 });
  expect((await api.account("given")).wallet.available).toBe(String(MOST));
});

test("a cursor that no list gave is refused or ends at once: it is never walked down to the first posting", async () => {
  const cursor = (seq: string) => Buffer.from(JSON.stringify({ seq, no: 0, balances: [] })).toString("base64url");
  for (const seq of ["9000000000000000000", "9223372036854775807", "9999999999999999999", "-9999999999999999999"]) {
    const path = `/api/v1/accounts/minnow/entries?limit=1&cursor=${cursor(seq)}`;
    expect((await api.call("GET", path)).status).toBe(200);
  }
});

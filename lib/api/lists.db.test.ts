import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { exampleSteps } from "@/lib/testing/example-steps";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
});
afterAll(() => api.close());

const Page = z.object({ data: z.array(z.record(z.string(), z.unknown())), next: z.string().nullable() });

/** Every value of one field of a list, read a row at a time, each page where the one before ended. */
async function oneByOne(path: string, field: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { status, body } = await api.call("GET", `${path}?limit=1${cursor && `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    const page: z.infer<typeof Page> = Page.parse(body);
    expect(page.data).toHaveLength(1);
    values.push(page.data[0]?.[field]);
    cursor = page.next;
  }
  return values;
}

test("deposits, prices, applications and draws are read page by page, each row once, in the list's order", async () => {
  const steps = exampleSteps(api);
  await steps.openPair("host", ["one", "two"]);
  for (const reference of ["d1", "d2", "d3"]) {
    await api.make("/api/v1/accounts/host/deposits", { reference, amount: "1", method: "card" });
  }
  expect(await oneByOne("/api/v1/accounts/host/deposits", "reference")).toEqual(["d3", "d2", "d1"]);

  const price = { service: "pod", unit: "hour" };
  for (const [sku, amount] of Object.entries({ b: "1", a: "2" }))
    await api.make(`/api/v1/prices/${sku}`, { ...price, amount });
  api.clock.now = new Date(api.clock.now.getTime() + 1_000);
  await api.make("/api/v1/prices/b", { ...price, amount: "3" });
  expect(await oneByOne("/api/v1/prices", "amount")).toEqual(["2", "3", "1"]);

  const account = await api.owner<{ lane: number; id: string }[]>`
    select lane, id from accounts where external_id = 'host'`;
  for (const [reference, submitted] of [
    ["a1", "2026-01-01"],
    ["a2", "2026-01-02"],
    ["a3", "2026-01-02"],
  ] as const) {
    await api.owner`
      insert into applications (reference, lane, account_id, program, state, submitted_at)
      values (${reference}, ${account[0]?.lane ?? 0}, ${account[0]?.id ?? ""}, 'referral-beta', 'declined', ${submitted})`;
  }
  expect(await oneByOne("/api/v1/applications", "reference")).toEqual(["a3", "a2", "a1"]);

  for (const name of ["one", "two"]) {
    await steps.deposit(name, "10");
    await steps.accept([charge(name, "10")]);
  }
  expect(await oneByOne("/api/v1/accounts/host/draws", "drawId")).toHaveLength(2);
});

test.each(["accounts/host/deposits", "accounts/host/draws", "prices", "applications"])(
  "%s refuses a limit out of bounds and a cursor that no list gave",
  async (list) => {
    const foreign = Buffer.from(JSON.stringify({ before: "x", sku: "a\u0000", reference: "", drawId: 1 })).toString(
      "base64url",
    );
    for (const query of ["limit=0", "limit=1001", "limit=abc", "cursor=abc", `cursor=${foreign}`]) {
      expect((await api.call("GET", `/api/v1/${list}?${query}`)).status, query).toBe(422);
    }
  },
);

test("a price that goes back to an earlier amount begins anew, and the one in force again changes nothing", async () => {
  const amounts = ["2", "3", "2", "2"];
  const statuses: number[] = [];
  for (const amount of amounts) {
    api.clock.now = new Date(api.clock.now.getTime() + 1_000);
    const body = { service: "pod", unit: "hour", amount };
    statuses.push((await api.call("PUT", "/api/v1/prices/there-and-back", { body })).status);
  }
  expect(statuses).toEqual([201, 201, 201, 200]);
});

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge, usageEvent } from "@/lib/testing/usage-events";

let api: ApiHarness;
let accounts = 0;

beforeAll(async () => {
  api = await apiHarness();
});
afterAll(() => api.close());

async function newAccount(paid = "1000"): Promise<string> {
  accounts += 1;
  const externalId = `cust_${accounts}`;
  await api.make("/api/v1/accounts", { externalId, opening: { paid } });
  return externalId;
}

const charged = async (account: string) => (await api.account(account)).lifetime.charged;
const counts = (accepted: number, duplicates = 0) => ({ accepted, duplicates, quarantined: 0, rejected: [] });

describe("a batch", () => {
  test("posts its good events and refuses the bad ones one by one", async () => {
    const account = await newAccount();
    const bad = { ...charge(account, "1"), specversion: "0.3" };
    expect(await api.send([charge(account, "1"), bad, charge(account, "2"), 7, null])).toMatchObject({
      status: 200,
      accepted: 2,
      rejected: [
        { index: 1, id: bad.id, reason: "invalid", detail: expect.stringContaining("specversion") },
        { index: 3, id: null, reason: "invalid" },
        { index: 4, id: null, reason: "invalid" },
      ],
    });
    expect(await charged(account)).toBe("3");
  });

  test("that is cut short by the database leaves no part of an account behind, and a retry completes it", async () => {
    const subjects = await Promise.all(Array.from({ length: 8 }, () => newAccount()));
    const events = subjects.flatMap((account) => [charge(account, "1"), charge(account, "2")]);
    const last = events.at(-1);
    await api.owner.unsafe(`
      create function fail_one() returns trigger language plpgsql as $$ begin raise 'cut short'; end $$;
      create trigger fail_one before insert on usage_events for each row
        when (new.id = '${last?.id}') execute function fail_one()`);
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const answer = await api.call("POST", "/api/v1/events", { body: events });
    await api.owner`drop trigger fail_one on usage_events`;
    expect(answer.status).toBe(500);
    expect(log).toHaveBeenCalled();
    log.mockRestore();
    const after = await Promise.all(subjects.map(charged));
    expect(after.at(-1)).toBe("0");
    expect(after.every((total) => total === "0" || total === "3")).toBe(true);
    const posted = 2 * after.filter((total) => total === "3").length;
    expect(await api.send(events)).toEqual({ status: 200, ...counts(events.length - posted, posted) });
    expect(await Promise.all(subjects.map(charged))).toEqual(subjects.map(() => "3"));
  });

  test("holds 10,000 events of up to 5 MB; one more of either is 413", async () => {
    const account = await newAccount();
    const events = Array.from({ length: 10_000 }, () => charge(account, "0.000000001"));
    expect(await api.send(events)).toEqual({ status: 200, ...counts(10_000) });
    expect(await charged(account)).toBe("0.00001");
    const tooMany = await api.call("POST", "/api/v1/events", { body: [...events, charge(account, "1")] });
    expect([tooMany.status, tooMany.type]).toEqual([413, "application/problem+json"]);
    const padded = { ...charge(account, "1"), note: "x".repeat(5_000_000) };
    const tooLarge = await api.call("POST", "/api/v1/events", { body: [padded] });
    expect([tooLarge.status, tooLarge.type]).toEqual([413, "application/problem+json"]);
    expect(await charged(account)).toBe("0.00001");
  });

  test("that is empty, or refused whole, is 422", async () => {
    const account = await newAccount();
    expect((await api.call("POST", "/api/v1/events", { body: [] })).status).toBe(422);
    const refused = await api.send([{ ...charge(account, "1"), type: "other" }]);
    expect(refused).toMatchObject({
      status: 422,
      accepted: 0,
      duplicates: 0,
      quarantined: 0,
      rejected: [{ index: 0 }],
    });
  });

  test.each([
    ["application/cloudevents+json", false],
    ["application/cloudevents+json; charset=UTF-8", false],
    ["application/cloudevents-batch+json", true],
    ["application/json", false],
    ["application/json", true],
    ["Application/JSON; charset=utf-8", true],
  ])("comes as %s, many: %s", async (type, many) => {
    const event = charge(await newAccount(), "1");
    const { status, body } = await api.call("POST", "/api/v1/events", { body: many ? [event] : event, type });
    expect([status, body]).toEqual([200, counts(1)]);
  });

  test("of another content type is refused, and so is what is no JSON", async () => {
    const text = JSON.stringify([charge(await newAccount(), "1")]);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonx",
    ]) {
      expect((await api.call("POST", "/api/v1/events", { text, type })).status).toBe(400);
    }
    expect((await api.call("POST", "/api/v1/events", { text: `${text},` })).status).toBe(400);
  });
});

describe("with atomic=true", () => {
  test("one bad event refuses all: nothing is posted, held or remembered", async () => {
    const account = await newAccount();
    const known = charge(account, "1");
    await api.send([known]);
    const good = [charge(account, "2"), charge("nobody_atomic", "3")];
    const before = await api.rowCounts();
    const bad = [
      { ...charge(account, "4"), data: {} },
      { ...known, data: { ...known.data, amount: "9" } },
      usageEvent({ subject: account, data: { sku: "no_such_sku", durationMs: 1 } }),
    ];
    for (const each of bad) {
      const answer = await api.send([...good, each], "?atomic=true");
      expect(answer).toMatchObject({
        status: 422,
        accepted: 0,
        duplicates: 0,
        quarantined: 0,
        rejected: [{ index: 2 }],
      });
    }
    expect(await api.rowCounts()).toEqual(before);
    expect(await charged(account)).toBe("1");
    const answer = await api.send([...good, known], "?atomic=true");
    expect(answer).toEqual({ status: 200, accepted: 1, duplicates: 1, quarantined: 1, rejected: [] });
    expect(await charged(account)).toBe("3");
  });
});

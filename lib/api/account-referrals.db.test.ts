import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
});

afterAll(() => api.close());

const ConditionView = z.strictObject({
  name: z.string(),
  state: z.enum(["met", "not_yet", "failed"]),
  missing: z.strictObject({ of: z.string(), amount: z.string() }).nullable(),
  reason: z.string().nullable(),
  said: z.string().nullable(),
  until: z.string().nullable(),
});
const Referrals = z.strictObject({
  data: z.array(
    z.strictObject({
      id: z.string(),
      account: z.string(),
      signedUpAt: z.string(),
      program: z.string(),
      version: z.string(),
      stage: z.string(),
      windowEnd: z.string().nullable(),
      earned: z.strictObject({
        total: z.string(),
        byService: z.strictObject({ pod: z.string(), serverless: z.string(), storage: z.string() }),
      }),
      conditions: z.array(ConditionView),
      milestone: z
        .strictObject({
          version: z.string(),
          trigger: z.string(),
          amount: z.string(),
          conditions: z.array(ConditionView),
        })
        .nullable(),
    }),
  ),
  next: z.string().nullable(),
});

async function open(externalId: string, more: Record<string, unknown> = {}): Promise<void> {
  await api.make("/api/v1/accounts", { externalId, email: `${externalId}@example.com`, ...more });
}

let deposits = 0;

async function refer(referrer: string, referred: string, more: Record<string, unknown> = {}): Promise<void> {
  await open(referred, { referralCode: (await api.account(referrer)).referralCode, ...more });
}

async function spend(account: string, amount: string, service = "pod"): Promise<void> {
  deposits += 1;
  await api.make(`/api/v1/accounts/${account}/deposits`, {
    reference: `referrals-${deposits}`,
    amount,
    method: "invoice",
  });
  expect(await api.send([charge(account, amount, { service })])).toMatchObject({ accepted: 1 });
}

async function referralsOf(account: string, query = "") {
  const { status, body } = await api.call("GET", `/api/v1/accounts/${account}/referrals${query}`, {
    key: api.keys.read,
  });
  expect(status).toBe(200);
  return Referrals.parse(body);
}

const stateOf = (conditions: readonly z.infer<typeof ConditionView>[], name: string) =>
  conditions.find((condition) => condition.name === name)?.state;

describe("the referrals of an account", () => {
  test("have a stage, the window's exact end, what each service earned, and every condition", async () => {
    await open("ref-a");
    await refer("ref-a", "ref-a-1", { signedUpAt: "2026-08-31T10:00:00.000Z" });
    await spend("ref-a-1", "4");
    await spend("ref-a-1", "2", "serverless");
    const { data, next } = await referralsOf("ref-a");
    expect(next).toBeNull();
    expect(data).toHaveLength(1);
    const [referral] = data;
    expect(referral).toMatchObject({
      account: "ref-a-1",
      program: "referral",
      stage: "spending",
      signedUpAt: "2026-08-31T10:00:00.000Z",
      windowEnd: "2027-02-28T10:00:00.000Z",
      earned: { total: "0.22", byService: { pod: "0.12", serverless: "0.1", storage: "0" } },
      milestone: null,
    });
    expect(referral?.conditions.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "followed_link met",
      "other_person met",
      "new_account met",
      "spending met",
      "spend not_yet",
      "review not_yet",
      "budget not_yet",
      "round not_yet",
      "standing not_yet",
      "window met",
      "pair met",
    ]);
    expect(referral?.conditions.every(({ missing }) => missing === null)).toBe(true);
    expect(referral?.conditions.find(({ name }) => name === "window")?.until).toBe("2027-02-28T10:00:00.000Z");
  });

  test("are qualified when the engine says that the bonus is due, and fall with what is taken back", async () => {
    await open("ref-b");
    await refer("ref-b", "ref-b-1");
    await spend("ref-b-1", "10");
    const [due] = (await referralsOf("ref-b")).data;
    expect(due?.stage).toBe("qualified");
    expect(stateOf(due?.conditions ?? [], "standing")).toBe("met");
    await api.make(`/api/v1/deposits/referrals-${deposits}/reversals`, { reference: "rev-b", reason: "chargeback" });
    const [fallen] = (await referralsOf("ref-b")).data;
    expect(stateOf(fallen?.conditions ?? [], "spend")).toBe("met");
    expect(fallen?.conditions.find(({ name }) => name === "standing")).toMatchObject({
      state: "not_yet",
      missing: null,
      reason: "fell_below",
    });
  });

  test("that are void or came from before the program say so, and what is still earned", async () => {
    await open("ref-c", { email: "ref-c@gmail.com" });
    await refer("ref-c", "ref-c-self", { email: "re.f-c+me@googlemail.com" });
    await refer("ref-c", "ref-c-old", { newAccount: false });
    await spend("ref-c-old", "10");
    const { data } = await referralsOf("ref-c");
    const found = new Map(data.map((referral) => [referral.account, referral]));
    expect(found.get("ref-c-self")?.stage).toBe("void");
    expect(stateOf(found.get("ref-c-self")?.conditions ?? [], "other_person")).toBe("failed");
    expect(found.get("ref-c-old")?.conditions.find(({ name }) => name === "new_account")).toMatchObject({
      state: "failed",
      reason: "imported",
    });
    expect(found.get("ref-c-old")?.earned.total).toBe("0.3");
  });

  test("under the beta terms have no end and no bonus; a milestone has its own conditions", async () => {
    await open("ref-d");
    await refer("ref-d", "ref-d-1");
    for (const program of ["referral-beta", "serverless-referral-beta"]) {
      await api.make("/api/v1/accounts/ref-d-1/enrolments", { program, reference: `enrol-d-${program}` });
    }
    await spend("ref-d-1", "999.999999999", "serverless");
    const [before] = (await referralsOf("ref-d")).data;
    expect(before).toMatchObject({ program: "referral-beta", windowEnd: null });
    expect(stateOf(before?.conditions ?? [], "spend")).toBeUndefined();
    expect(before?.milestone).toMatchObject({ trigger: "1000", amount: "500" });
    expect(stateOf(before?.milestone?.conditions ?? [], "spend")).toBe("not_yet");
    await spend("ref-d-1", "0.000000001", "serverless");
    const [after] = (await referralsOf("ref-d")).data;
    expect(after?.milestone?.conditions.map(({ state }) => state)).toEqual(["met", "met"]);
  });

  test("come in pages that join without gap or overlap, newest first", async () => {
    await open("ref-e");
    const names = ["ref-e-1", "ref-e-2", "ref-e-3", "ref-e-4", "ref-e-5"];
    for (const name of names) await refer("ref-e", name);
    const read: string[] = [];
    let cursor: string | null = null;
    do {
      const page: z.infer<typeof Referrals> = await referralsOf(
        "ref-e",
        `?limit=2${cursor ? `&cursor=${cursor}` : ""}`,
      );
      expect(page.data.length).toBeLessThanOrEqual(2);
      read.push(...page.data.map(({ account }) => account));
      cursor = page.next;
    } while (cursor !== null);
    expect(read).toEqual(names.toReversed());
  });

  test("are none for an account without any, unknown for one that is not there, and refuse a foreign cursor", async () => {
    await open("ref-f");
    expect(await referralsOf("ref-f")).toEqual({ data: [], next: null });
    expect((await api.call("GET", "/api/v1/accounts/nobody/referrals")).status).toBe(404);
    expect((await api.call("GET", "/api/v1/accounts/ref-f/referrals?cursor=eyJhZnRlciI6MX0")).status).toBe(422);
    expect((await api.call("GET", "/api/v1/accounts/ref-f/referrals", { key: api.keys.ingest })).status).toBe(403);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AccountRef } from "@/lib/ledger/wallet";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { issueOwnKey } from "@/lib/services/keys/issue-own-key";
import { listOwnKeys } from "@/lib/services/keys/list-own-keys";
import { OWN_KEYS_MAX } from "@/lib/services/keys/own-keys";
import { revokeOwnKey } from "@/lib/services/keys/revoke-own-key";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;
let key: string;
let ines: AccountRef;

const ctx = () => ({ db: api.db, clock: () => api.clock.now });
const keyOf = async (account: AccountRef, name = "laptop") => {
  const issued = await issueOwnKey(ctx(), { account, name });
  if (!issued.ok) throw new Error(issued.problem.detail);
  return issued.value.key;
};
const refOf = async (name: string): Promise<AccountRef> => {
  const account = (await resolveNames(api.db, [name])).get(name);
  if (!account) throw new Error(`${name} is nobody`);
  return account;
};

beforeAll(async () => {
  api = await apiHarness();
  const referrer = await api.make("/api/v1/accounts", { externalId: "boss", email: "boss@example.com" });
  const { referralCode } = referrer as { referralCode: string };
  await api.make("/api/v1/accounts", { externalId: "ines", email: "ines@example.com", referralCode });
  ines = await refOf("ines");
  const inesCode = (await api.account("ines")).referralCode;
  await api.make("/api/v1/accounts", { externalId: "friend", referralCode: inesCode, opening: { paid: "20" } });
  for (const account of ["ines", "boss"]) {
    await api.make(`/api/v1/accounts/${account}/deposits`, { reference: account, amount: "50", method: "card" });
    await api.make("/api/v1/templates", { externalId: `of-${account}`, creator: account, name: account });
  }
  await api.make("/api/v1/prices/a100", { service: "pod", unit: "hour", amount: "1" });
  await api.send([charge("ines", "12"), charge("boss", "12"), charge("friend", "12"), charge("stranger", "1")]);
  await api.sweep();
  key = await keyOf(ines);
});
afterAll(() => api.close());

const get = (path: string, using: string) => api.call("GET", path, { key: using });

/** Every call that reads about an account, and everything else that reads. */
const ofAccount = ["", "/entries", "/deposits", "/draws", "/referrals", "/usage"];

describe.each(ofAccount)("GET /api/v1/accounts/{id}%s by a customer's own key", (suffix) => {
  test("answers about the customer what the platform's key is answered, but for who others are", async () => {
    const [own, platforms] = [
      await get(`/api/v1/accounts/ines${suffix}`, key),
      await get(`/api/v1/accounts/ines${suffix}`, api.keys.read),
    ];
    expect(own.status).toBe(200);
    const unnamed = (body: unknown) =>
      JSON.stringify(body)
        .replace('"referredBy":"boss"', '"referredBy":null')
        .replace('"account":"friend"', '"account":null');
    expect(JSON.stringify(own.body)).toBe(unnamed(platforms.body));
    expect(JSON.stringify(own.body)).not.toMatch(/boss|friend/);
  });

  test("of anybody else is 404, byte for byte like one that does not exist, whatever is asked of it", async () => {
    for (const query of ["", "?limit=0", "?cursor=x", "?from=never"]) {
      const answers = await Promise.all(
        ["boss", "friend", "nobody", "%00", "ines2"].map((id) => get(`/api/v1/accounts/${id}${suffix}${query}`, key)),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toEqual(await get("/api/v1/accounts/nobody", api.keys.read));
    }
  });
});

test("the list of accounts holds the customer alone, whatever is looked for", async () => {
  for (const [query, found] of [
    ["", ["ines"]],
    ["?email=ines@example.com", ["ines"]],
    ["?email=boss@example.com", []],
    ["?updatedSince=2020-01-01T00:00:00Z&limit=1", ["ines"]],
  ] as const) {
    const { status, body } = await get(`/api/v1/accounts${query}`, key);
    const { data } = body as { data: { externalId: string; referredBy: string | null }[] };
    expect([status, data.map(({ externalId }) => externalId)]).toEqual([200, found]);
    expect(data.every(({ referredBy }) => referredBy === null)).toBe(true);
  }
});

test("a template is shown to its creator; another's is 404 like one that does not exist", async () => {
  expect(await get("/api/v1/templates/of-ines", key)).toEqual(await get("/api/v1/templates/of-ines", api.keys.read));
  expect(await get("/api/v1/templates/of-boss", key)).toEqual(await get("/api/v1/templates/none", key));
  expect((await get("/api/v1/templates/none", key)).status).toBe(404);
});

test("the rate card is everybody's; what waits for nobody known is the platform's", async () => {
  expect(await get("/api/v1/prices", key)).toEqual(await get("/api/v1/prices", api.keys.read));
  const quarantine = await get("/api/v1/quarantine", key);
  expect(quarantine).toMatchObject({ status: 403, type: "application/problem+json" });
  expect(JSON.stringify(quarantine.body)).not.toContain("stranger");
});

test("nothing can be done with it", async () => {
  const before = await api.rowCounts();
  for (const [method, path, body] of [
    ["POST", "/api/v1/accounts", { externalId: "new" }],
    ["POST", "/api/v1/accounts/ines/deposits", { reference: "mine", amount: "1", method: "card" }],
    ["POST", "/api/v1/accounts/ines/grants", { reference: "mine", bucket: "promo", amount: "1", reason: "why" }],
    ["POST", "/api/v1/accounts/ines/applications", { program: "referral-beta", reference: "mine" }],
    ["POST", "/api/v1/events", [charge("ines", "1")]],
    ["POST", "/api/v1/authorizations", { account: "ines", reference: "mine", hourly: "1" }],
    ["POST", "/api/v1/sweep", undefined],
    ["GET", "/api/v1/reviews", undefined],
    ["GET", "/api/v1/applications", undefined],
  ] as const) {
    expect([path, (await api.call(method, path, { key, ...(body ? { body } : {}) })).status]).toEqual([path, 403]);
  }
  expect(await api.rowCounts()).toEqual(before);
});

test("every name the customer answers to is theirs", async () => {
  await api.owner`insert into account_names (name, lane, account_id) values ('acc_ines', ${ines.lane}, ${ines.id})`;
  expect((await get("/api/v1/accounts/acc_ines", key)).body).toEqual((await get("/api/v1/accounts/ines", key)).body);
});

test("a key is kept as its hash and its tail, works until it is revoked, and only by its owner", async () => {
  const boss = await refOf("boss");
  const mine = await keyOf(boss, " phone ");
  const [listed] = await listOwnKeys(api.db, boss);
  expect(listed).toMatchObject({ name: "phone", tail: mine.slice(-4) });
  const [row] = await api.owner`select to_jsonb(k)::text as whole from api_keys k where name = 'phone'`;
  expect(row?.whole).not.toContain(mine.slice(4, -4));
  const id = listed?.id ?? "";
  expect(await revokeOwnKey(ctx(), { account: ines, id })).toMatchObject({ ok: false, problem: { code: "not_found" } });
  expect((await get("/api/v1/accounts/boss", mine)).status).toBe(200);
  expect(await revokeOwnKey(ctx(), { account: boss, id })).toMatchObject({ ok: true, value: { name: "phone" } });
  expect((await revokeOwnKey(ctx(), { account: boss, id })).ok).toBe(true);
  expect((await api.another().call("GET", "/api/v1/accounts/boss", { key: mine })).status).toBe(401);
  expect(await listOwnKeys(api.db, boss)).toEqual([]);
  await expect(api.owner`update api_keys set revoked_at = null where name = 'phone'`).rejects.toThrow(/new one/);
  await expect(
    api.owner`insert into api_keys (hash, name, scopes, created_at, lane, account_id)
              values ('x', 'x', 'admin', now(), ${boss.lane}, ${boss.id})`,
  ).rejects.toThrow(/api_keys_customers_read/);
});

test("a customer has so many keys and no more, also when asked for at once", async () => {
  const friend = await refOf("friend");
  const asked = await Promise.all(
    Array.from({ length: OWN_KEYS_MAX + 5 }, (_, index) => issueOwnKey(ctx(), { account: friend, name: `k${index}` })),
  );
  expect(asked.filter(({ ok }) => ok)).toHaveLength(OWN_KEYS_MAX);
  expect(await listOwnKeys(api.db, friend)).toHaveLength(OWN_KEYS_MAX);
  for (const name of ["", "  ", "x".repeat(65), "a\u0000b"]) {
    expect(await issueOwnKey(ctx(), { account: ines, name })).toMatchObject({ ok: false, problem: { path: "name" } });
  }
});

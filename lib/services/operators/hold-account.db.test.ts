import { afterAll, beforeAll, expect, test } from "vitest";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { exampleSteps } from "@/lib/testing/example-steps";
import { charge } from "@/lib/testing/usage-events";
import { type HoldAccount, holdAccount } from "./hold-account";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
  const steps = exampleSteps(api);
  await steps.open("held", { email: "held@example.com", paid: "20" });
});
afterAll(() => api.close());

async function decide(hold: boolean, actor = "olga@example.com"): ReturnType<typeof holdAccount> {
  const account = (await resolveNames(api.db, ["held"])).get("held");
  if (!account) throw new Error("There is no account held");
  const input: HoldAccount = { account: { ...account, externalId: "held" }, hold, actor, reason: "a stolen card" };
  return holdAccount({ db: api.db, clock: () => api.clock.now }, input);
}

let works = 0;
const authorize = () =>
  api.call("POST", "/api/v1/authorizations", {
    body: { account: "held", reference: `work-${works++}`, hourly: "1" },
  });

const acts = () => api.owner`select act, actor, outcome from audit_log where subject = 'held' order by id`;

test("a held account starts no work, what runs is charged all the same, and it goes on when it is let go", async () => {
  expect((await authorize()).status).toBe(201);
  expect(await decide(true)).toMatchObject({ ok: true, created: true });
  expect(await decide(true)).toMatchObject({ ok: true, created: false });
  expect((await api.account("held")).status).toBe("held");
  expect(await authorize()).toMatchObject({ status: 402, body: { reason: "account_held" } });
  expect(await api.send([charge("held", "1")])).toMatchObject({ accepted: 1 });
  expect(await decide(false)).toMatchObject({ ok: true, created: true });
  expect((await authorize()).status).toBe(201);
  expect(await acts()).toMatchObject([{ act: "account.hold" }, { act: "account.release" }]);
});

test("nobody decides about their own account, nor about one that is closed; the attempts are written down", async () => {
  expect(await decide(true, "held@example.com")).toMatchObject({ ok: false, problem: { code: "invalid" } });
  await api.owner`update accounts set status = 'closed' where external_id = 'held'`;
  expect(await decide(false)).toMatchObject({ ok: false, problem: { code: "invalid" } });
  expect((await acts()).slice(2)).toMatchObject([{ outcome: "refused" }, { outcome: "refused" }]);
  await api.owner`update accounts set status = 'active' where external_id = 'held'`;
});

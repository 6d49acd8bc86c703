import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await api.owner`
    insert into terms (program, version, effective_from, effective_until, parameters)
    select program, 'later', ${new Date(api.clock.now.getTime() + 1).toISOString()}, null, parameters
      from terms where program = 'referral-beta' order by effective_from desc limit 1`;
  await steps.openPair("host", ["first", "second", "third"]);
});
afterAll(() => api.close());

const enrol = async (account: string, version?: string): Promise<unknown> => {
  const body = { program: "referral-beta", reference: `host.${account}`, ...(version ? { version } : {}) };
  const { status } = await api.call("POST", `/api/v1/accounts/${account}/enrolments`, { body });
  expect(status).toBe(201);
  const [row] = await api.owner<{ version: string }[]>`
    select t.version from referrals r
      join accounts a on a.lane = r.lane and a.id = r.referred_id join terms t on t.id = r.terms_id
     where a.external_id = ${account}`;
  return row?.version;
};

test("an enrolment that names no version takes the newest that has begun, to the millisecond", async () => {
  expect(await enrol("first")).not.toBe("later");
  api.clock.now = new Date(api.clock.now.getTime() + 1);
  expect(await enrol("second")).toBe("later");
});

test("an enrolment may name a version, whatever is newest", async () => {
  const versions = await api.owner<{ version: string }[]>`
    select version from terms where program = 'referral-beta' and version <> 'later'`;
  const [{ version } = { version: "" }] = versions;
  expect(await enrol("third", version)).toBe(version);
});

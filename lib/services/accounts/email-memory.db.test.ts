import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { reviewSteps } from "@/lib/testing/review-steps";
import { forgetEmail } from "./email-memory";
import { resolveNames } from "./resolve-names";

let api: ApiHarness;
let steps: ReturnType<typeof reviewSteps>;

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
  api = await apiHarness();
  steps = reviewSteps(api);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await api.close();
});

async function forget(name: string): Promise<void> {
  const account = (await resolveNames(api.db, [name])).get(name);
  if (!account) throw new Error(`There is no ${name}`);
  await api.db.transaction((tx) => forgetEmail(tx, account));
}

const stateOf = async (name: string) => {
  const { state, reason } = await steps.bonusOf(name);
  return [state, reason];
};

test.each([
  ["jane.doe+work@gmail.com", "j.anedoe+again@googlemail.com"],
  ["john@example.com", "JOHN+tag@example.com"],
])("the person of %s is not new as %s, though the address was forgotten", async (first, again) => {
  const old = `old.${first.length}`;
  await steps.open(old, { email: first });
  expect(await stateOf(old)).toEqual(["locked", null]);
  await forget(old);
  await steps.open(`new.${first.length}`, { email: again });
  expect(await stateOf(`new.${first.length}`)).toEqual(["not_eligible", "not_new"]);
});

test("nothing of the address is left but a keyed hash", async () => {
  await steps.open("gone", { email: "Someone.Particular@example.org" });
  await forget("gone");
  const rows = await api.owner<{ text: string }[]>`
    select email_normal as text from first_emails union all select coalesce(email, '') from accounts`;
  expect(rows.some(({ text }) => text.includes("particular"))).toBe(false);
  expect(rows.filter(({ text }) => /^forgotten:[0-9a-f]{64}$/.test(text)).length).toBeGreaterThan(0);
});

test("forgetting one account's address leaves another's that is spelled alike", async () => {
  await steps.open("shared.first", { email: "shared@example.com" });
  await steps.open("shared.second", { email: "shared+2@example.com" });
  await forget("shared.second");
  const [row] =
    await api.owner`select count(*)::int as rows from first_emails where email_normal = 'shared@example.com'`;
  expect(row).toEqual({ rows: 1 });
  expect(await stateOf("shared.first")).toEqual(["locked", null]);
});

test("whoever signs up while the address is being forgotten is not new either way", async () => {
  for (let round = 0; round < 10; round += 1) {
    await steps.open(`race.${round}`, { email: `race.${round}@example.com` });
    await Promise.all([
      forget(`race.${round}`),
      steps.open(`racer.${round}`, { email: `race.${round}+x@example.com` }),
    ]);
    expect(await stateOf(`racer.${round}`)).toEqual(["not_eligible", "not_new"]);
  }
});

test("a process without the secret opens nobody's account rather than a returning customer's as new", async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "");
  const { status } = await api.call("POST", "/api/v1/accounts", {
    body: { externalId: "blind", email: "b@example.com" },
  });
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
  expect(status).toBe(500);
});

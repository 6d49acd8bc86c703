import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SignInMethod } from "@/lib/programs/terms";
import { openAccount } from "@/lib/services/accounts/open-account";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { otherTerms } from "@/lib/testing/other-terms";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;
let steps: ExampleSteps;
let code: string;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await otherTerms(api, "signup-bonus", { signIns: ["google"] });
  await otherTerms(api, "referral", { signIns: ["google", "github"] });
  await steps.open("host");
  code = (await api.account("host")).referralCode;
});
afterAll(() => api.close());

/** A person's first sign-in. @returns the account's name. */
async function signUp(way: SignInMethod, referralCode?: string): Promise<string> {
  const userId = randomUUID();
  const email = `${userId}@example.com`;
  await api.owner`insert into users (id, email) values (${userId}, ${email})`;
  await api.owner`
    insert into sign_ins (user_id, type, provider, provider_account_id)
    values (${userId}, ${way === "email" ? "email" : "oauth"}, ${way}, ${way === "email" ? email : userId})`;
  const request = { userId, email, emailVerified: true, ...(referralCode ? { referralCode } : {}) };
  const opened = await openAccount({ db: api.db, clock: () => api.clock.now }, request);
  if (!opened.ok) throw new Error(opened.problem.detail);
  return opened.value.externalId;
}

const bonusOf = async (account: string) => {
  const { program, state, reason } = (await api.account(account)).bonus;
  return [program, state, reason];
};

test("only an account made by a way to sign in that its terms name has a bonus", async () => {
  expect(await bonusOf(await signUp("google"))).toEqual(["signup-bonus", "locked", null]);
  for (const way of ["github", "email"] as const) {
    expect(await bonusOf(await signUp(way))).toEqual(["signup-bonus", "not_eligible", "sign_in_method"]);
  }
  expect(await bonusOf(await signUp("github", code))).toEqual(["referral", "locked", null]);
  expect(await bonusOf(await signUp("email", code))).toEqual(["referral", "not_eligible", "sign_in_method"]);
});

test("an account of the platform's own making has none, whoever signs in to it later", async () => {
  await steps.open("imported", { email: "imported@example.com" });
  expect(await bonusOf("imported")).toEqual(["signup-bonus", "not_eligible", "sign_in_method"]);
  await steps.open("before", { newAccount: false });
  expect(await bonusOf("before")).toEqual(["signup-bonus", "not_eligible", "imported"]);
});

test("an account without a bonus for how it was opened makes no draw on either side, and earns its referrer commission", async () => {
  const guest = await signUp("email", code);
  await steps.deposit(guest, "100");
  await steps.accept([charge(guest, "100")]);
  await api.sweep();
  expect(await steps.drawsOf(guest)).toEqual([]);
  expect((await api.account("host")).earnings.commission.released).toBe("3");
  const { body } = await api.call("GET", "/api/v1/accounts/host/referrals");
  expect(body).toMatchObject({
    data: expect.arrayContaining([
      expect.objectContaining({
        account: guest,
        conditions: expect.arrayContaining([
          expect.objectContaining({ name: "new_account", state: "met" }),
          expect.objectContaining({ name: "sign_in", state: "failed", reason: "sign_in_method" }),
        ]),
      }),
    ]),
  });
});

test("an enrolment in other terms is judged by what those ask for", async () => {
  const guest = await signUp("github", code);
  const enrol = async (program: string, version: string) =>
    api.make(`/api/v1/accounts/${guest}/enrolments`, { program, version, reference: `sign-in.${program}` });
  await enrol("referral-beta", "2024-01-01");
  expect(await bonusOf(guest)).toEqual(["signup-bonus", "not_eligible", "sign_in_method"]);
  await enrol("referral", "2025-06-16");
  expect(await bonusOf(guest)).toEqual(["referral", "locked", null]);
});

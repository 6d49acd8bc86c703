import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { reviewSteps } from "@/lib/testing/review-steps";
import { charge } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
});
afterAll(() => api.close());

const enrol = (account: string, program: string, version?: string) =>
  api.call("POST", `/api/v1/accounts/${account}/enrolments`, {
    body: { program, reference: crypto.randomUUID(), ...(version === undefined ? {} : { version }) },
  });

test("terms that have not begun enrol nobody", async () => {
  await steps.openPair("early", ["bird"]);
  await api.owner`
    insert into terms (program, version, effective_from, effective_until, parameters)
    select program, 'next-year', ${new Date(api.clock.now.getTime() + 86_400_000).toISOString()}, null, parameters
      from terms where program = 'referral-beta' limit 1`;
  expect(await enrol("bird", "referral-beta", "next-year")).toMatchObject({ status: 422 });
  expect((await enrol("bird", "referral-beta")).status).toBe(201);
});

test("what somebody who signed in brings along settles their debt first, and an unknown code is refused", async () => {
  const email = "brings.along@example.com";
  await steps.drawExactly(700);
  const account = await reviewSteps(api).signUp(email);
  const deposit = await steps.deposit(account, "10");
  await steps.accept([charge(account, "10")]);
  const draws = await steps.drawsOf(account);
  await drawnWithin(
    20_000,
    [api],
    draws.map(({ id }) => id),
  );
  await steps.accept([charge(account, "3")]);
  await steps.reverse(deposit, "chargeback");
  expect((await api.account(account)).wallet).toMatchObject({ promo: "0", debt: "3" });

  const body = { externalId: "brings", email, opening: { promo: "2", earned: "5" } };
  const lost = { ...body, referralCode: "nobody-has-it" };
  expect((await api.call("POST", "/api/v1/accounts", { body: lost })).status).toBe(422);
  expect((await api.call("GET", "/api/v1/accounts/brings")).status).toBe(404);
  expect((await api.call("POST", "/api/v1/accounts", { body })).status).toBe(200);
  expect((await api.account("brings")).wallet).toMatchObject({ promo: "0", earned: "4", debt: "0" });
});

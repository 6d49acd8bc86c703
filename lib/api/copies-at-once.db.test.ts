import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { exampleSteps } from "@/lib/testing/example-steps";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
});
afterAll(() => api.close());

const COPIES = 20;
const ROUNDS = 5;

/** Sends copies of one request at once, through two processes. @returns how many answers there were of each status. */
async function statusesOf(path: string, body: unknown): Promise<Record<number, number>> {
  const processes = [api, api.another()];
  const answers = await Promise.all(
    Array.from({ length: COPIES }, (_, index) => (processes[index % 2] ?? api).call("POST", path, { body })),
  );
  const statuses: Record<number, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return statuses;
}

const once = { 200: COPIES - 1, 201: 1 };

test("copies of a reversal at once are one, and the others answer as it did", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await exampleSteps(api).open(`reversed_${round}`);
    const deposit = { reference: `r${round}`, amount: "10", method: "card" };
    await api.make(`/api/v1/accounts/reversed_${round}/deposits`, deposit);
    const path = `/api/v1/deposits/r${round}/reversals`;
    expect(await statusesOf(path, { reference: `back_${round}`, reason: "refund" })).toEqual(once);
  }
});

test("copies of a grant at once are one, also where it settles debt", async () => {
  const steps = exampleSteps(api);
  await steps.openPair("indebted", ["friend"]);
  await steps.enrol("friend", "serverless-referral-beta");
  const deposit = await steps.deposit("friend", "1000");
  await steps.accept([charge("friend", "1000", { service: "serverless" }), charge("friend", "400")]);
  await steps.reverse(deposit, "refund");
  expect((await api.account("friend")).wallet.debt).toBe("400");
  const grant = { reference: "half", bucket: "promo", amount: "300", reason: "thank you" };
  expect(await statusesOf("/api/v1/accounts/friend/grants", grant)).toEqual(once);
});

test("two deposits of one reference at once are one, and the other is told of the conflict", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await exampleSteps(api).open(`twice_${round}`);
    const path = `/api/v1/accounts/twice_${round}/deposits`;
    const bodies = Array.from({ length: COPIES }, (_, index) => ({
      reference: `twice_${round}`,
      amount: index % 2 === 0 ? "7" : "8",
      method: "card",
    }));
    const answers = await Promise.all(bodies.map((body) => api.call("POST", path, { body })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(9).fill(200), 201, ...Array(10).fill(409)]);
  }
});

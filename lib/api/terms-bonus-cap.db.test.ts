import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { alwaysCents, otherTerms } from "@/lib/testing/other-terms";
import { ATTEMPTS, race, sweepAtOnce } from "@/lib/testing/races";
import { reviewSteps } from "@/lib/testing/review-steps";
import { charge } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let steps: ExampleSteps;
let processes: ApiProcess[];
const capped = (bonusesMax: number | null) => ({ caps: { bonusesMax, commissionMax: null }, bonus: alwaysCents(700) });
const rounds = process.env.FULL ? 150 : 3;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  processes = [api, api.another()];
  await otherTerms(api, "referral", capped(2));
});
afterAll(() => api.close());

/** The states of a referrer's own draws, and why those that are held are. */
const referrerDraws = async (name: string) => {
  const rows = await api.owner<{ state: string; reason: string | null }[]>`
    select d.state, d.held_reason as reason from draws d join accounts a on a.id = d.beneficiary_id
     where a.external_id = ${name} and d.kind = 'referral' order by d.state, d.held_reason`;
  return rows.map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));
};
const spend = async (names: readonly string[]) => {
  for (const name of names) await steps.deposit(name, "10");
  await steps.accept(names.map((name) => charge(name, "10")));
};

test("a referrer gets as many bonuses as its terms give, and the referred ones theirs all the same", async () => {
  const guests = ["g1", "g2", "g3", "g4"];
  await steps.openPair("host", guests);
  for (const guest of guests) {
    await spend([guest]);
    await api.sweep();
  }
  const draws = (await Promise.all(guests.map(steps.drawsOf))).flat();
  const kept = draws.filter(({ kind }, index) => kind === "new-account" || index < 4).map(({ id }) => id);
  await drawnWithin(30_000, [api], kept);
  await api.sweep();
  expect(await referrerDraws("host")).toEqual(["drawn", "drawn", "held cap", "held cap"]);
  expect((await api.account("host")).wallet.promo).toBe("14");
  for (const guest of guests) expect((await api.account(guest)).bonus).toMatchObject({ state: "drawn", amount: "7" });
});

test("a bonus beyond the limit opens no review and says so to the referrer", async () => {
  expect((await api.call("GET", "/api/v1/reviews")).body).toMatchObject({ data: [] });
  const { body } = await api.call("GET", "/api/v1/accounts/host/referrals");
  expect(body).toMatchObject({
    data: [
      {
        account: "g4",
        conditions: expect.arrayContaining([expect.objectContaining({ name: "cap", state: "failed" })]),
      },
      { account: "g3" },
      { account: "g2", conditions: expect.arrayContaining([expect.objectContaining({ name: "cap", state: "met" })]) },
      { account: "g1" },
    ],
  });
});

test("one that was held for review and is released takes room, or is beyond the limit by then", async () => {
  const reviews = reviewSteps(api);
  for (const name of ["c1", "c2"]) {
    await reviews.open(`twin.${name}`);
    await reviews.deposit(`twin.${name}`, "5", `card.${name}`);
  }
  await steps.openPair("careful", ["c1", "c2", "c3"]);
  for (const name of ["c1", "c2"]) await reviews.deposit(name, "10", `card.${name}`);
  await steps.accept([charge("c1", "10"), charge("c2", "10")]);
  await api.sweep();
  expect(await referrerDraws("careful")).toEqual(["held payment_fingerprint", "held payment_fingerprint"]);
  await spend(["c3"]);
  await api.sweep();
  const decide = async (account: string) => {
    for (const { id } of await reviews.openOn(account)) expect((await reviews.decide(id, true)).status).toBe(200);
  };
  await decide("c1");
  await decide("c2");
  const states = (await referrerDraws("careful")).map((each) => each.replace(/queued|bound|drawn/, "counted"));
  expect(states.sort()).toEqual(["counted", "counted", "held cap"]);
});

test("each version of the terms has a limit of its own, and those without any none", async () => {
  await otherTerms(api, "referral", capped(1));
  await steps.openPair("both", ["old"]);
  const { referralCode } = await api.account("both");
  await otherTerms(api, "referral", capped(null));
  for (const externalId of ["n1", "n2", "n3"]) await steps.open(externalId, { referralCode });
  await spend(["old", "n1", "n2", "n3"]);
  await api.sweep();
  expect((await referrerDraws("both")).filter((each) => each.startsWith("held"))).toEqual([]);
});

test(`twenty referrals that reach their trigger at once never pass the limit together, in ${rounds} of ${rounds} rounds`, {
  timeout: rounds * 30_000,
}, async () => {
  await otherTerms(api, "referral", capped(5));
  for (let round = 0; round < rounds; round += 1) {
    const guests = Array.from({ length: ATTEMPTS }, (_, index) => `race.${round}.${index}`);
    await steps.openPair(`race.${round}`, guests, { opening: { paid: "10" } });
    await Promise.all([
      race(processes, (process, index) => process.send([charge(`race.${round}.${index}`, "10")])),
      sweepAtOnce(processes),
    ]);
    await sweepAtOnce(processes);
    const states = (await referrerDraws(`race.${round}`)).map((each) => (each === "held cap" ? "beyond" : "counted"));
    expect(states.filter((each) => each === "counted")).toHaveLength(5);
    expect(states).toHaveLength(ATTEMPTS);
  }
});

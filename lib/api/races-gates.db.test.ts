import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps, HOUR_MS } from "@/lib/testing/example-steps";
import { ATTEMPTS, race, raceRounds, raceTimeout, statuses, sweepAtOnce } from "@/lib/testing/races";
import { publishSmallTerms, SMALL, smallTerms } from "@/lib/testing/small-terms";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;
let steps: ExampleSteps;
let processes: ApiProcess[];

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  processes = [api, api.another()];
  await publishSmallTerms(api);
});
afterAll(() => api.close());

const timeout = raceTimeout;
const exactlyOne = { 409: ATTEMPTS - 1, 201: 1 };

test(`twenty applications and twenty decisions at once are one each, and release once, in ${raceRounds} of ${raceRounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < raceRounds; round += 1) {
    const referrer = `apply_${round}`;
    const names = [`${referrer}.0`, `${referrer}.1`];
    await steps.openPair(referrer, names, { opening: { paid: "5" } });
    for (const name of names) {
      const body = { program: "referral-beta", version: SMALL, reference: name };
      await api.make(`/api/v1/accounts/${name}/enrolments`, body);
    }
    await steps.accept(names.map((name) => charge(name, "4")));
    const applied = await race(processes, ({ call }, index) => {
      const body = { program: "referral-beta", reference: `${referrer}.${index}` };
      return call("POST", `/api/v1/accounts/${referrer}/applications`, { body });
    });
    expect(statuses(applied)).toEqual(exactlyOne);
    const reference = `${referrer}.${applied.findIndex(({ status }) => status === 201)}`;
    const decided = await race(processes, ({ call }, index) => {
      const body = { accept: true, reason: `attempt ${index}` };
      return call("POST", `/api/v1/applications/${reference}/decision`, { body });
    });
    expect(statuses(decided)).toEqual({ 409: ATTEMPTS - 1, 200: 1 });
    await sweepAtOnce(processes);
    const { wallet, earnings } = await api.account(referrer);
    expect([wallet.earned, earnings.commission]).toEqual(["0.16", { accrued: "0.16", pending: "0", released: "0.16" }]);
  }
});

test(`twenty users' runtime at once opens a template's gate at its last millisecond, and releases once, in ${raceRounds} of ${raceRounds} rounds`, {
  timeout,
}, async () => {
  const users = Array.from({ length: ATTEMPTS }, (_, index) => `user_${index}`);
  for (const user of users) await steps.open(user, { newAccount: false, opening: { paid: "1000" } });
  await steps.open("creator");
  const part = (24 * HOUR_MS) / ATTEMPTS;
  for (let round = 0; round < raceRounds; round += 1) {
    const template = `gate_${round}`;
    await api.make("/api/v1/templates", { externalId: template, creator: "creator", name: template });
    const events = users.map((user, index) =>
      charge(user, "1", { template, durationMs: index === 0 ? part - 1 : part }),
    );
    await race(processes, (process, index) => process.send(events.slice(index, index + 1)));
    await api.sweep();
    expect(await api.template(template)).toMatchObject({
      gateMet: false,
      royalty: { accrued: "0.2", pending: "0.2", released: "0" },
    });
    await race(processes, (process, index) => {
      const user = users[index];
      return process.send(user === undefined ? [] : [charge(user, "0", { template, durationMs: 1 })]);
    });
    await sweepAtOnce(processes);
    expect(await api.template(template)).toMatchObject({
      gateMet: true,
      users: ATTEMPTS,
      royalty: { accrued: "0.2", pending: "0", released: "0.2" },
    });
  }
  expect(Number((await api.account("creator")).wallet.earned)).toBeCloseTo(0.2 * raceRounds, 9);
});

test(`twenty events that each reach a milestone post it once to each side, and it is released once, in ${raceRounds} of ${raceRounds} rounds`, {
  timeout,
}, async () => {
  const pairs = Array.from({ length: raceRounds }, (_, round) => [`milestone_${round}.friend`, `milestone_${round}`]);
  for (const [friend = "", referrer = ""] of pairs) {
    await steps.openPair(referrer, [friend], { opening: { paid: "50" } });
    for (const program of ["referral-beta", "serverless-referral-beta"]) {
      const body = { program, version: SMALL, reference: `${friend}.${program}` };
      await api.make(`/api/v1/accounts/${friend}/enrolments`, body);
    }
    await steps.accept([charge(friend, "7.999999999", { service: "serverless" })]);
    expect((await api.account(friend)).wallet.promoHeld).toBe("0");
    await race(processes, (process) => process.send([charge(friend, "0.000000001", { service: "serverless" })]));
    await sweepAtOnce(processes);
    for (const { wallet, earnings } of [await api.account(friend), await api.account(referrer)]) {
      expect(earnings.milestones).toEqual({ accrued: "30", pending: "30", released: "0" });
      expect([wallet.promoHeld, wallet.earned]).toEqual(["30", "0"]);
    }
  }
  // All are held for as long, so that one moment releases each.
  api.clock.now = new Date(api.clock.now.getTime() + smallTerms.milestone.holdMs);
  await sweepAtOnce(processes);
  for (const name of pairs.flat()) {
    const { wallet, earnings } = await api.account(name);
    expect(earnings.milestones).toEqual({ accrued: "30", pending: "0", released: "30" });
    expect([wallet.promoHeld, wallet.earned]).toEqual(["0", "30"]);
  }
});

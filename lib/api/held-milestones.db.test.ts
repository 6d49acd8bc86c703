import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { otherTerms } from "@/lib/testing/other-terms";
import { reviewSteps } from "@/lib/testing/review-steps";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;
let steps: ExampleSteps;
let reviews: ReturnType<typeof reviewSteps>;
let version: string;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  reviews = reviewSteps(api);
  version = await otherTerms(api, "serverless-referral-beta", {
    trigger: { kind: "spend", amount: "8", service: "serverless" },
    bonus: { kind: "fixed", amount: "30", byRegion: {}, bucket: "earned" },
  });
});
afterAll(() => api.close());

/** A pair with the milestone, and money to reach it. */
async function pair(name: string) {
  const guest = `${name}.guest`;
  await steps.openPair(name, [guest], { opening: { paid: "100" } });
  const body = { program: "serverless-referral-beta", version, reference: `milestone.${name}` };
  await api.make(`/api/v1/accounts/${guest}/enrolments`, body);
  return { host: name, guest, card: `card.${name}` };
}
type HeldPair = Awaited<ReturnType<typeof pair>>;

async function hold({ host, guest, card }: HeldPair) {
  await reviews.deposit(host, "1", card);
  await reviews.deposit(guest, "1", card);
}
async function decide({ guest }: HeldPair, release: boolean) {
  for (const { id, kind } of await reviews.openOn(guest)) if (kind === "pair") await reviews.decide(id, release);
}
const reach = ({ guest }: HeldPair, amount = "8") => steps.accept([charge(guest, amount, { service: "serverless" })]);
/** What both sides have of the milestone. */
async function milestones({ host, guest }: HeldPair) {
  await api.sweep();
  return Promise.all([host, guest].map(async (name) => (await api.account(name)).earnings.milestones.released));
}

test("a held pair's milestone is not posted to either side; released, it is posted to both", async () => {
  const held = await pair("m1");
  await hold(held);
  await reach(held);
  expect(await milestones(held)).toEqual(["0", "0"]);
  const { body } = await api.call("GET", "/api/v1/accounts/m1/referrals");
  expect(body).toMatchObject({
    data: [
      {
        milestone: {
          conditions: [
            { name: "spend", state: "met" },
            { name: "pair", state: "not_yet" },
            { name: "standing", state: "met" },
          ],
        },
      },
    ],
  });
  await decide(held, true);
  expect(await milestones(held)).toEqual(["30", "30"]);
});

test("a refused pair's milestone never comes", async () => {
  const held = await pair("m2");
  await hold(held);
  await reach(held);
  await decide(held, false);
  expect(await milestones(held)).toEqual(["0", "0"]);
  await reach(held);
  expect(await milestones(held)).toEqual(["0", "0"]);
});

test("a milestone that was posted before stays through the hold and a refusal", async () => {
  const held = await pair("m3");
  await reach(held);
  expect(await milestones(held)).toEqual(["30", "30"]);
  await hold(held);
  expect(await milestones(held)).toEqual(["30", "30"]);
  await decide(held, false);
  expect(await milestones(held)).toEqual(["30", "30"]);
});

test("a milestone taken back while its pair is held is posted again only after the release", async () => {
  const held = await pair("m4");
  await steps.accept([charge(held.guest, "95")]);
  const money = await steps.deposit(held.guest, "5");
  await reach(held);
  expect(await milestones(held)).toEqual(["30", "30"]);
  await hold(held);
  await steps.reverse(money, "refund");
  expect(await milestones(held)).toEqual(["0", "0"]);
  await steps.deposit(held.guest, "50");
  expect(await milestones(held)).toEqual(["0", "0"]);
  await decide(held, true);
  expect(await milestones(held)).toEqual(["30", "30"]);
});

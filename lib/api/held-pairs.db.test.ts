import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { otherTerms } from "@/lib/testing/other-terms";
import { reviewSteps, type ShownReview } from "@/lib/testing/review-steps";

let api: ApiHarness;
let steps: ReturnType<typeof reviewSteps>;

beforeAll(async () => {
  api = await apiHarness();
  steps = reviewSteps(api);
});
afterAll(() => api.close());

const swept = async (account: string) => {
  await api.sweep();
  return steps.commissionOf(account);
};

const pairReview = async (referred: string): Promise<ShownReview> => {
  const found = (await steps.openOn(referred)).find(({ kind }) => kind === "pair");
  if (!found) throw new Error(`The pair of ${referred} is not held`);
  return found;
};

const bonusesAt = (amount: string) =>
  otherTerms(api, "referral", { trigger: { kind: "spend", amount, service: null } });

/** A pair, without a bonus yet that could pay for usage, with $50 of paid spend behind it ($1.50 released), held since then, with $33.333333333 more. */
async function heldPair(name: string): Promise<{ referrer: string; referred: string; review: ShownReview }> {
  const [referrer, referred] = [`${name}.referrer`, `${name}.referred`];
  await bonusesAt("1000");
  await steps.open(referrer);
  await steps.openReferred(referred, referrer);
  await steps.deposit(referrer, "1", `card.${name}`);
  await steps.deposit(referred, "50", `other.${name}`);
  await steps.spend(referred, "50");
  expect(await swept(referrer)).toEqual({ accrued: "1.5", pending: "0", released: "1.5" });
  await steps.deposit(referred, "50", `card.${name}`);
  await steps.spend(referred, "33.333333333");
  expect(await swept(referrer)).toEqual({ accrued: "2.49999999999", pending: "0.999999999", released: "1.5" });
  return { referrer, referred, review: await pairReview(referred) };
}

test("a pair that pays alike is held: what accrues from then on is pending, nothing released is taken back", async () => {
  const { referrer, referred, review } = await heldPair("hold");
  expect(review).toMatchObject({
    kind: "pair",
    account: referred,
    beneficiary: referrer,
    other: referrer,
    reason: "payment_fingerprint",
    amounts: { bonusMost: null, commissionAccrued: "2.49999999999", commissionHeld: "0.99999999999" },
  });
  expect((await api.account(referrer)).wallet.earned).toBe("1.5");
});

test("released, what was pending is released whole, and later commission goes straight to earned", async () => {
  const { referrer, referred, review } = await heldPair("release");
  expect((await steps.decide(review.id, true)).status).toBe(200);
  expect(await swept(referrer)).toEqual({ accrued: "2.49999999999", pending: "0", released: "2.499999999" });
  await steps.spend(referred, "0.000000001");
  expect(await swept(referrer)).toEqual({ accrued: "2.50000000002", pending: "0", released: "2.5" });
  await steps.deposit(referred, "10", "card.release");
  await steps.spend(referred, "10");
  expect(await swept(referrer)).toEqual({ accrued: "2.80000000002", pending: "0", released: "2.8" });
  expect(await steps.openOn(referred)).toEqual([]);
});

test("refused, the pair's accrual is nothing: what was pending goes, what was released is taken back", async () => {
  const { referrer, referred, review } = await heldPair("refuse");
  await steps.openReferred("refuse.other", referrer);
  await steps.deposit("refuse.other", "10");
  await steps.spend("refuse.other", "9");
  expect(await swept(referrer)).toEqual({ accrued: "2.76999999999", pending: "0.999999999", released: "1.77" });
  expect((await steps.decide(review.id, false)).status).toBe(200);
  expect(await swept(referrer)).toEqual({ accrued: "0.27", pending: "0", released: "0.27" });
  await steps.spend(referred, "5");
  await steps.spend("refuse.other", "1");
  expect(await swept(referrer)).toEqual({ accrued: "0.3", pending: "0", released: "0.3" });
  const { wallet } = await api.account(referrer);
  expect([wallet.earned, wallet.debt]).toEqual(["0.3", "0"]);
});

test("refused after the commission was spent, what is taken back becomes debt", async () => {
  const { referrer, review } = await heldPair("debt");
  await steps.spend(referrer, "1.4");
  await steps.decide(review.id, false);
  expect(await swept(referrer)).toEqual({ accrued: "0", pending: "0", released: "0" });
  const { wallet } = await api.account(referrer);
  expect([wallet.earned, wallet.debt]).toEqual(["0", "1.4"]);
});

test("what is charged back while a pair is held comes out of what is pending first, and then of what was released", async () => {
  const { referrer, referred, review } = await heldPair("back");
  const deposits = await api.owner<{ reference: string }[]>`
    select d.reference from deposits d join account_names n on n.account_id = d.account_id
     where n.name = ${referred} order by d.seq desc`;
  const reverse = async (reason: "chargeback" | "dispute_won", index: number) => {
    const deposit = deposits[index]?.reference;
    await api.make(`/api/v1/deposits/${deposit}/reversals`, { reference: `${deposit}.${reason}`, reason });
    return swept(referrer);
  };
  expect(await reverse("chargeback", 0)).toEqual({ accrued: "1.5", pending: "0", released: "1.5" });
  expect(await reverse("chargeback", 1)).toEqual({ accrued: "0", pending: "0", released: "0" });
  await reverse("dispute_won", 0);
  expect(await reverse("dispute_won", 1)).toEqual({ accrued: "2.49999999999", pending: "2.499999999", released: "0" });
  await steps.decide(review.id, true);
  expect(await swept(referrer)).toEqual({ accrued: "2.49999999999", pending: "0", released: "2.499999999" });
});

test("both bonuses of a held pair are held with it, and go the way the pair goes", async () => {
  await bonusesAt("10");
  for (const release of [true, false]) {
    const name = `both.${release}`;
    const [referrer, referred] = [`${name}.referrer`, `${name}.referred`];
    await steps.open(referrer);
    await steps.openReferred(referred, referrer);
    await steps.deposit(referred, "20", `card.${name}`);
    await steps.deposit(referrer, "20", `card.${name}`);
    await steps.spend(referred, "10");
    await api.sweep();
    expect(await steps.drawsOf(referred)).toEqual(["held", "held"]);
    expect((await steps.openOn(referred)).map(({ kind }) => kind).sort()).toEqual(["bonus", "bonus", "pair"]);
    await steps.decide((await pairReview(referred)).id, release, "asked them");
    await api.sweep();
    expect(await steps.openOn(referred)).toEqual([]);
    expect(await steps.drawsOf(referred)).toEqual(release ? ["bound", "bound"] : ["held", "held"]);
    expect((await steps.bonusOf(referred)).state).toBe(release ? "bound" : "not_eligible");
    const about = (await steps.listed("?limit=1000")).filter(({ account }) => account === referred);
    expect(about.map(({ decisionReason }) => decisionReason)).toEqual(["asked them", "asked them", "asked them"]);
  }
});

test("a pair decided before its bonuses were due decides them too", async () => {
  await bonusesAt("10");
  for (const release of [true, false]) {
    const name = `early.${release}`;
    const [referrer, referred] = [`${name}.referrer`, `${name}.referred`];
    await steps.open(referrer);
    await steps.openReferred(referred, referrer);
    await steps.deposit(referrer, "20", `card.${name}`);
    await steps.deposit(referred, "20", `card.${name}`);
    await steps.decide((await pairReview(referred)).id, release);
    await steps.spend(referred, "10");
    await api.sweep();
    expect(await steps.openOn(referred)).toEqual([]);
    expect(await steps.drawsOf(referred)).toEqual(release ? ["bound", "bound"] : ["held", "held"]);
    expect((await steps.bonusOf(referred)).state).toBe(release ? "bound" : "not_eligible");
  }
});

test("of two sides that pay by one instrument at the same time, one always sees the other", async () => {
  await steps.open("race.referrer");
  for (let round = 0; round < 15; round += 1) {
    const referred = `race.referred-${round}`;
    await steps.openReferred(referred, "race.referrer");
    await Promise.all([
      steps.deposit(referred, "1", `card.race-${round}`),
      steps.deposit("race.referrer", "1", `card.race-${round}`),
    ]);
    expect((await pairReview(referred)).reason).toBe("payment_fingerprint");
  }
});

test("under the beta terms a held pair's commission stays pending behind both gates, and a refused pair counts for none", async () => {
  await steps.open("beta.referrer");
  await steps.deposit("beta.referrer", "1", "card.beta");
  await steps.openReferred("beta.referred", "beta.referrer");
  const enrolment = { program: "referral-beta", reference: "beta.enrolment" };
  await api.make("/api/v1/accounts/beta.referred/enrolments", enrolment);
  await steps.deposit("beta.referred", "20");
  await steps.spend("beta.referred", "5");
  await steps.deposit("beta.referred", "20", "card.beta");
  await steps.spend("beta.referred", "5");
  expect(await swept("beta.referrer")).toEqual({ accrued: "0.2", pending: "0.2", released: "0" });
  const apply = async () => {
    const body = { program: "referral-beta", reference: "beta.application" };
    return (await api.call("POST", "/api/v1/accounts/beta.referrer/applications", { body })).body;
  };
  expect(await apply()).toMatchObject({ detail: expect.stringContaining("24 more of 25") });
  await steps.decide((await pairReview("beta.referred")).id, false);
  expect(await swept("beta.referrer")).toEqual({ accrued: "0", pending: "0", released: "0" });
  expect(JSON.stringify(await apply())).not.toContain("24 more of 25");
});

test("a pair with different instruments, or one that earns nothing, is not held", async () => {
  await steps.open("apart.referrer", { email: "apart@example.com" });
  await steps.openReferred("apart.referred", "apart.referrer");
  await steps.openReferred("apart.self", "apart.referrer", { email: "apart+2@example.com" });
  await steps.deposit("apart.referrer", "1", "card.apart-1");
  await steps.deposit("apart.referred", "1", "card.apart-2");
  await steps.deposit("apart.self", "1", "card.apart-1");
  expect(await steps.openOn("apart.referred")).toEqual([]);
  expect(await steps.openOn("apart.self")).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { decideReview } from "@/lib/services/reviews/decide-review";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { reviewSteps } from "@/lib/testing/review-steps";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let steps: ReturnType<typeof reviewSteps>;

beforeAll(async () => {
  api = await apiHarness();
  steps = reviewSteps(api);
});
afterAll(() => api.close());

const only = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined || list.length !== 1) throw new Error(`Expected one, found ${JSON.stringify(list)}`);
  return first;
};

/** Spends past the trigger, so that the bonus is due, and lets it be judged. */
async function reach(account: string, instrument?: string): Promise<void> {
  await steps.deposit(account, "20", instrument);
  await steps.spend(account, "10");
  await api.sweep();
}

test("an account that pays like an earlier one is held, and released it is drawn in its place", async () => {
  await steps.open("pay.first");
  await steps.deposit("pay.first", "1", "card-1");
  await steps.open("pay.second");
  await reach("pay.second", "card-1");
  expect(await steps.bonusOf("pay.second")).toMatchObject({ state: "held", reason: "payment_fingerprint" });
  const review = only(await steps.openOn("pay.second"));
  expect(review).toMatchObject({
    kind: "bonus",
    other: "pay.first",
    beneficiary: "pay.second",
    reason: "payment_fingerprint",
    amounts: { bonusMost: "500", commissionAccrued: null, commissionHeld: null },
  });
  const held = (await api.account("pay.second")).bonus.drawId;
  expect((await api.call("GET", `/api/v1/draws/${held}`)).body).toMatchObject({ state: "held", beacon: null });

  expect((await steps.decide(review.id, true)).status).toBe(200);
  await drawnWithin(20_000, [api], [held]);
  expect(await steps.bonusOf("pay.second")).toMatchObject({ state: "drawn", reason: null });
});

test("an operator decides nothing about an account of their own, and that they tried is written down", async () => {
  await steps.open("own.first");
  await steps.deposit("own.first", "1", "card-own");
  await steps.open("own.second");
  await reach("own.second", "card-own");
  const { id } = only(await steps.openOn("own.second"));
  const ctx = { db: api.db, clock: () => api.clock.now };
  for (const actor of ["own.second@example.com", "own.first@example.com"]) {
    expect(await decideReview(ctx, { id, release: true, reason: "it is me", actor })).toMatchObject({
      ok: false,
      problem: { code: "invalid" },
    });
    expect(await api.owner`select outcome from audit_log where actor = ${actor}`).toEqual([{ outcome: "refused" }]);
  }
  expect(only(await steps.openOn("own.second")).state).toBe("open");
});

test("the earlier account is held as well when the later one had its bonus first", async () => {
  await steps.open("late.first");
  await steps.open("late.second");
  await reach("late.second", "card-2");
  expect((await steps.bonusOf("late.second")).state).toBe("bound");
  await reach("late.first", "card-2");
  expect(await steps.bonusOf("late.first")).toMatchObject({ state: "held", reason: "payment_fingerprint" });
});

test("a refused bonus is not for the account, has no round and never gets one", async () => {
  await steps.open("refuse.first");
  await steps.deposit("refuse.first", "1", "card-3");
  await steps.open("refuse.second");
  await reach("refuse.second", "card-3");
  const review = only(await steps.openOn("refuse.second"));
  const decided = await steps.decide(review.id, false, "same card, same person");
  expect(decided.body).toMatchObject({
    state: "refused",
    decidedBy: "key:admin",
    decisionReason: "same card, same person",
  });
  await api.sweep();
  expect(await steps.bonusOf("refuse.second")).toMatchObject({
    state: "not_eligible",
    reason: "payment_fingerprint",
    amount: null,
  });
  expect(await steps.drawsOf("refuse.second")).toEqual(["held"]);
});

test("throw-away addresses are held where a person signed up, subdomains too, and not where a key imported", async () => {
  const person = await steps.signUp("somebody@eu.mailinator.com");
  await reach(person);
  expect(await steps.bonusOf(person)).toMatchObject({ state: "held", reason: "disposable_email" });
  const review = only(await steps.openOn(person));
  expect(review.other).toBeNull();
  await steps.decide(review.id, true);
  await api.sweep();
  expect((await steps.bonusOf(person)).state).toBe("bound");

  await steps.open("mail.imported", { email: "another@mailinator.com" });
  await reach("mail.imported");
  expect((await steps.bonusOf("mail.imported")).state).toBe("bound");
});

test("a person the platform named later is still one who signed up in a browser", async () => {
  await steps.signUp("named@mailinator.com");
  const { status } = await api.call("POST", "/api/v1/accounts", {
    body: { externalId: "named.later", email: "named@mailinator.com" },
  });
  expect(status).toBe(200);
  await reach("named.later");
  expect(await steps.bonusOf("named.later")).toMatchObject({ state: "held", reason: "disposable_email" });
});

test("the eleventh sign-up of a day through one link holds both sides' bonuses; what a key imports does not count", async () => {
  await steps.open("burst.referrer");
  const code = await steps.codeOf("burst.referrer");
  for (let i = 0; i < 3; i += 1) await steps.openReferred(`burst.imported-${i}`, "burst.referrer");
  const people: string[] = [];
  for (let i = 0; i < 10; i += 1) people.push(await steps.signUp(`burst-${i}@example.com`, code));
  const [first = "", second = ""] = people;
  await reach(first);
  expect(await steps.drawsOf(first)).toEqual(["bound", "bound"]);

  people.push(await steps.signUp("burst-10@example.com", code));
  await reach(second);
  expect(await steps.bonusOf(second)).toMatchObject({ state: "held", reason: "velocity" });
  expect(await steps.drawsOf(second)).toEqual(["held", "held"]);
  const reviews = await steps.openOn(second);
  expect(reviews.map(({ beneficiary }) => beneficiary).sort()).toEqual([second, "burst.referrer"].sort());
  await reach("burst.imported-1");
  expect(await steps.drawsOf("burst.imported-1")).toEqual(["bound", "bound"]);

  const [own, theirs] = reviews;
  await steps.decide(own?.id ?? "", true);
  await steps.decide(theirs?.id ?? "", false);
  await api.sweep();
  expect((await steps.drawsOf(second)).sort()).toEqual(["bound", "held"]);
});

test("the same decision again changes nothing, the other one is a conflict; both acts are in the audit log", async () => {
  const person = await steps.signUp("twice@mailinator.com");
  await reach(person);
  const { id } = only(await steps.openOn(person));
  expect((await steps.decide(id, true, "a known person")).status).toBe(200);
  const again = await steps.decide(id, true, "other words");
  expect(again).toMatchObject({ status: 200, body: { state: "released", decisionReason: "a known person" } });
  expect(await steps.decide(id, false, "changed my mind")).toMatchObject({ status: 409 });
  expect(await steps.decide(crypto.randomUUID(), true)).toMatchObject({ status: 404 });
  expect(await steps.decide("no-review", true)).toMatchObject({ status: 404 });
  expect((await api.call("POST", `/api/v1/reviews/${id}/decision`, { body: { release: true } })).status).toBe(422);
  const acts = await api.owner`
    select actor, act, reason, outcome from audit_log where subject = ${id} order by id`;
  expect(acts).toEqual([
    { actor: "key:admin", act: "review.release", reason: "a known person", outcome: "done" },
    { actor: "key:admin", act: "review.refuse", reason: "changed my mind", outcome: "refused" },
  ]);
});

test("twenty decisions at once, for and against, are one decision", async () => {
  const person = await steps.signUp("at-once@mailinator.com");
  await reach(person);
  const { id } = only(await steps.openOn(person));
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => steps.decide(id, index % 2 === 0)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(10);
});

test("reviews are paged, the open ones as they came, and are for admin keys alone", async () => {
  const all = await steps.listed("?limit=1000");
  expect(all.map(({ id }) => id)).toEqual(
    all
      .map(({ id }) => id)
      .sort()
      .reverse(),
  );
  const first = (await api.call("GET", "/api/v1/reviews?limit=2")).body as { next: string; data: { id: string }[] };
  const second = await steps.listed(`?limit=2&cursor=${first.next}`);
  expect([...first.data, ...second].map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id));
  expect((await steps.listed("?state=decided")).every(({ state }) => state !== "open")).toBe(true);
  expect((await api.call("GET", "/api/v1/reviews?cursor=nonsense")).status).toBe(422);
  expect((await api.call("GET", "/api/v1/reviews", { key: api.keys.read })).status).toBe(403);
});

test("a draw is judged once, however many sweep at the same time", async () => {
  const person = await steps.signUp("raced@mailinator.com");
  await steps.deposit(person, "20");
  await steps.spend(person, "10");
  const processes = [api, api.another(), api.another("worker")];
  await Promise.all(processes.flatMap(({ call }) => [call("POST", "/api/v1/sweep"), call("POST", "/api/v1/sweep")]));
  expect(await steps.openOn(person)).toHaveLength(1);
  expect((await steps.bonusOf(person)).state).toBe("held");
});

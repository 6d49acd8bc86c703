import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { reviewSteps } from "@/lib/testing/review-steps";
import { charge, usageEvent } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";
import { readTold } from "./kinds";
import { type Notify, notify } from "./notify";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
});
afterAll(() => api.close());

const refOf = async (name: string) => {
  const [row] = await api.owner<{ lane: number; id: string }[]>`
    select lane, account_id as id from account_names where name = ${name}`;
  if (!row) throw new Error(`no account ${name}`);
  return row;
};

/** What an account was told, in the order it was, every row of a kind this version knows. */
const toldTo = async (name: string) => {
  const { id } = await refOf(name);
  const rows = await api.owner<{ kind: string; facts: unknown; mail: string; listed: boolean }[]>`
    select kind, facts, mail, listed from notifications where account_id = ${id} order by at, kind`;
  return rows.map(({ kind, facts, mail, listed }) => {
    const told = readTold(kind, facts);
    return { kind: told?.kind ?? null, facts: told?.facts ?? null, mail, listed };
  });
};

const kindsTo = async (name: string) => (await toldTo(name)).map(({ kind }) => kind);

const low = async (name: string, cause: string): Promise<Notify> => ({
  account: await refOf(name),
  kind: "wallet.low",
  cause,
  at: api.clock.now,
  facts: { available: "1.5", threshold: "5" },
});

const say = (what: Notify) => api.db.transaction((tx) => notify(tx, what));

test("a thing is told once, however many tell of it at once, and another thing of its kind again", async () => {
  await api.make("/api/v1/accounts", { externalId: "once" });
  const news = await Promise.all(Array.from({ length: 20 }, async () => say(await low("once", "low:1"))));
  expect(news.filter(Boolean)).toHaveLength(1);
  expect(await say(await low("once", "low:2"))).toBe(true);
  expect(await kindsTo("once")).toEqual(["wallet.low", "wallet.low"]);
});

test("what is rolled back was never told", async () => {
  await api.make("/api/v1/accounts", { externalId: "undone" });
  const what = await low("undone", "low:1");
  const failing = api.db.transaction(async (tx) => {
    await notify(tx, what);
    throw new Error("undo");
  });
  await expect(failing).rejects.toThrow("undo");
  expect(await toldTo("undone")).toEqual([]);
});

test("mail waits only for an address its owner proved, and a choice decides for its topic alone", async () => {
  await api.make("/api/v1/accounts", { externalId: "chooser", email: "chooser@example.com" });
  const { lane, id } = await refOf("chooser");
  await say(await low("chooser", "low:1"));
  await api.owner`update accounts set email_verified = true where id = ${id}`;
  await say(await low("chooser", "low:2"));
  await api.owner`insert into notification_choices values (${lane}, ${id}, 'wallet', false, false),
                                                          (${lane}, ${id}, 'bonus', true, false)`;
  await say(await low("chooser", "low:3"));
  expect((await toldTo("chooser")).map(({ mail, listed }) => [mail, listed])).toEqual(
    expect.arrayContaining([
      ["none", true],
      ["waiting", true],
      ["none", false],
    ]),
  );
});

test("a closed account is told nothing", async () => {
  await api.make("/api/v1/accounts", { externalId: "gone" });
  await api.owner`update accounts set status = 'closed' where external_id = 'gone'`;
  expect(await say(await low("gone", "low:1"))).toBe(false);
});

test("a pair that qualifies: the referrer hears of it, both hear of their bonus, and of what is taken back and given again", async () => {
  await steps.drawExactly(700);
  await steps.openPair("rita", ["karl"]);
  const deposit = await steps.deposit("karl", "20");
  await steps.accept([charge("karl", "10")]);
  expect(await kindsTo("rita")).toEqual(["referral.qualified"]);
  expect(await kindsTo("karl")).toEqual([]);
  const draws = await steps.drawsOf("karl");
  await drawnWithin(
    20_000,
    [api],
    draws.map(({ id }) => id),
  );
  expect((await toldTo("karl")).map(({ kind, facts }) => [kind, facts])).toEqual([
    ["bonus.drawn", expect.objectContaining({ amount: "7", draw: "new-account" })],
  ]);
  expect((await kindsTo("rita")).sort()).toEqual(["bonus.drawn", "referral.qualified"]);
  await steps.reverse(deposit, "chargeback");
  await steps.reverse(deposit, "dispute_won");
  await api.sweep();
  expect((await kindsTo("karl")).sort()).toEqual(["bonus.drawn", "bonus.given_again", "bonus.taken_back"]);
});

test("a bonus that is held says why, and what an operator decided says so with the operator's words", async () => {
  const reviews = reviewSteps(api);
  await reviews.open("pay.first");
  await reviews.deposit("pay.first", "1", "card-1");
  for (const name of ["pay.second", "pay.third"]) {
    await reviews.open(name);
    await reviews.deposit(name, "20", "card-1");
    await reviews.spend(name, "10");
  }
  await api.sweep();
  expect(await toldTo("pay.second")).toMatchObject([{ kind: "bonus.held", facts: { reason: "payment_fingerprint" } }]);
  const open = await api.call("GET", "/api/v1/reviews");
  const { data } = Object(open.body);
  const reviewOf = (name: string) => data.find((review: { account: string }) => review.account === name).id;
  await api.call("POST", `/api/v1/reviews/${reviewOf("pay.second")}/decision`, {
    body: { release: true, reason: "Two people, one household." },
  });
  await api.call("POST", `/api/v1/reviews/${reviewOf("pay.third")}/decision`, {
    body: { release: false, reason: "The same person." },
  });
  expect((await toldTo("pay.second")).map(({ kind, facts }) => [kind, Object(facts).said])).toContainEqual([
    "bonus.released",
    "Two people, one household.",
  ]);
  expect((await toldTo("pay.third")).map(({ kind, facts }) => [kind, Object(facts).said])).toContainEqual([
    "bonus.held",
    "The same person.",
  ]);
});

test("a template's creator hears once that its gate is met", async () => {
  await api.make("/api/v1/accounts", { externalId: "maker" });
  await api.make("/api/v1/templates", { externalId: "tpl", creator: "maker", name: "Template" });
  const { gateMs } = await api.template("tpl");
  const day = usageEvent({
    subject: "maker",
    data: { service: "pod", amount: "0.01", template: "tpl", durationMs: gateMs },
  });
  await api.send([day]);
  await api.sweep();
  await api.sweep();
  expect(await toldTo("maker")).toMatchObject([
    { kind: "gate.template_met", facts: { template: "tpl", name: "Template" } },
  ]);
});

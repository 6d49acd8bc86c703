import { afterAll, beforeAll, expect, test } from "vitest";
import { exportAccount } from "@/lib/services/accounts/export-account";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { charge } from "@/lib/testing/usage-events";
import { answerQuestion } from "./answer";
import { ask, QUESTIONS_MAX } from "./ask";
import { pageNamed } from "./support-context";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
});
afterAll(() => api.close());

const ctx = () => ({ db: api.db, clock: () => api.clock.now });
const actor = "olga@example.com";

async function customer(name: string) {
  await api.make("/api/v1/accounts", { externalId: name, email: `${name}@example.com` });
  await api.owner`update accounts set email_verified = true where external_id = ${name}`;
  const account = (await resolveNames(api.db, [name])).get(name);
  if (!account) throw new Error(`There is no ${name}`);
  return account;
}

const question = { subject: "Where is my bonus?", message: "I spent ten dollars.", page: "/bonus" };

test("a question carries the account, the page, the balance and the latest entries", async () => {
  const account = await customer("asker");
  await steps.deposit("asker", "8");
  await steps.accept([charge("asker", "0.5")]);
  const asked = await ask(ctx(), { account, ...question });
  expect(asked.ok).toBe(true);
  const [row] = await api.owner`select context from support_requests where account_id = ${account.id}`;
  expect(row?.context).toEqual({
    account: "asker",
    page: "/bonus",
    balance: { promo: "0", earned: "0", paid: "7.5", arrears: "0" },
    latest: ["2", "1"],
  });
});

test("so many questions a day and no more, however many come at once", async () => {
  const account = await customer("pest");
  const all = await Promise.all(Array.from({ length: 20 }, () => ask(ctx(), { account, ...question })));
  expect(all.filter(({ ok }) => ok)).toHaveLength(QUESTIONS_MAX);
  api.clock.now = new Date(api.clock.now.getTime() + 86_400_001);
  expect(await ask(ctx(), { account, ...question })).toMatchObject({ ok: true });
});

test("an answer is given once, told and mailed to who asked whatever they chose, and is in the audit log", async () => {
  const account = await customer("answered");
  await api.owner`insert into notification_choices values (${account.lane}, ${account.id}, 'bonus', false, false)`;
  const asked = await ask(ctx(), { account, ...question });
  if (!asked.ok) throw new Error(asked.problem.detail);
  const { id } = asked.value;
  const answers = await Promise.all([
    answerQuestion(ctx(), { id, answer: "On its way.", actor }),
    answerQuestion(ctx(), { id, answer: "Never.", actor }),
  ]);
  expect(answers.map((one) => one.ok).sort()).toEqual([false, true]);
  const told = await api.owner`select kind, mail from notifications where account_id = ${account.id}`;
  expect(told).toMatchObject([{ kind: "support.answered", mail: "waiting" }]);
  const lines = await api.owner`select actor, outcome from audit_log where subject = ${id} order by id`;
  expect(lines.map(({ outcome }) => outcome).sort()).toEqual(["done", "refused"]);
  expect(await answerQuestion(ctx(), { id: crypto.randomUUID(), answer: "?", actor })).toMatchObject({
    problem: { code: "not_found" },
  });
});

test("a page is one of ours, or none", () => {
  expect(pageNamed("/statement/5?before=1")).toBe("/statement/5?before=1");
  for (const page of [
    "//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "",
    "/a b",
    `/${"x".repeat(300)}`,
  ]) {
    expect(pageNamed(page)).toBeNull();
  }
});

test("the export is one JSON object with everything kept about the account, and nothing of another's", async () => {
  const account = await customer("exported");
  await customer("somebody.else");
  await steps.deposit("exported", "20");
  await steps.accept(Array.from({ length: 1_500 }, () => charge("exported", "0.000000001")));
  await ask(ctx(), { account, ...question });
  let text = "";
  for await (const piece of exportAccount(api.db, account)) {
    expect(piece.length).toBeLessThan(100_000);
    text += piece;
  }
  const { entries, ...parts } = JSON.parse(text);
  expect(parts.account).toMatchObject([{ external_id: "exported", email: "exported@example.com" }]);
  expect(parts.wallet).toMatchObject([{ paid: "19.9999985" }]);
  expect(parts.questions).toHaveLength(1);
  const numbers = new Set(entries.map(({ seq }: { seq: string }) => seq));
  expect(numbers.size).toBe(1_501);
  expect(text).not.toContain("somebody.else");
});

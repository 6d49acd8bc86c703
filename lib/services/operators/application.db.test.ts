import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLog } from "@/db/schema/operators";
import { applications } from "@/db/schema/programs";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { exampleSteps } from "@/lib/testing/example-steps";
import { charge } from "@/lib/testing/usage-events";
import { decideApplicationAs } from "./decide-application";
import { nameAccount } from "./name-account";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
});
afterAll(() => api.close());

const ctx = () => ({ db: api.db, clock: () => api.clock.now });
const decide = (reference: string, accept: boolean, reason = "Checked") =>
  decideApplicationAs(ctx(), { reference, accept, reason, actor: "olga@example.com" });

const linesOf = (subject: string) =>
  api.db.select().from(auditLog).where(eq(auditLog.subject, subject)).orderBy(asc(auditLog.id));

test("accepted, an application opens the gate once, with one line in the audit log", async () => {
  const steps = exampleSteps(api);
  const names = Array.from({ length: 25 }, (_, index) => `app.${index}`);
  await steps.openPair("app", names);
  for (const name of names) {
    await steps.enrol(name, "referral-beta");
    await steps.deposit(name, "20");
  }
  await steps.accept(names.map((name) => charge(name, "20")));
  await api.make("/api/v1/accounts/app/applications", { program: "referral-beta", reference: "app-1" });
  const answers = await Promise.all([decide("app-1", true), decide("app-1", true), decide("app-1", true)]);
  expect(answers.filter((answer) => answer.ok && answer.created)).toHaveLength(1);
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(await linesOf("app")).toMatchObject([
    { actor: "olga@example.com", act: "application.accept", outcome: "done", detail: { reference: "app-1" } },
  ]);
  await api.sweep();
  expect((await api.account("app")).earnings.commission).toEqual({ accrued: "10", pending: "0", released: "10" });
  expect(await decide("app-1", false)).toMatchObject({ ok: false, problem: { code: "conflict" } });
  expect((await linesOf("app")).map(({ outcome }) => outcome)).toEqual(["done", "refused"]);
});

test("an application whose gate is no longer met is not accepted, one of the operator's own is left to another", async () => {
  const submitted = async (name: string, email: string) => {
    await api.make("/api/v1/accounts", { externalId: name, email });
    const account = await nameAccount(ctx(), name);
    if (!account.ok) throw new Error(account.problem.detail);
    const { lane, id } = account.value;
    const row = { lane, accountId: id, program: "referral-beta", state: "submitted", submittedAt: new Date() } as const;
    await api.db.insert(applications).values({ reference: name, ...row });
  };
  await submitted("unmet", "unmet@example.com");
  await submitted("own", "olga@example.com");
  expect(await decide("unmet", true)).toMatchObject({ ok: false, problem: { code: "invalid" } });
  expect(await decide("own", false)).toMatchObject({ ok: false, problem: { code: "invalid" } });
  expect(await decide("unmet", false)).toMatchObject({ ok: true, value: { state: "declined", reason: "Checked" } });
  expect(await decide("nobody-s", false)).toMatchObject({ ok: false, problem: { code: "not_found" } });
  expect((await linesOf("unmet")).map(({ act, outcome }) => [act, outcome])).toEqual([
    ["application.accept", "refused"],
    ["application.decline", "done"],
  ]);
  expect(await linesOf("own")).toMatchObject([{ outcome: "refused" }]);
  expect(await linesOf("nobody-s")).toMatchObject([{ outcome: "refused" }]);
});

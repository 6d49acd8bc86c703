import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultTerms } from "@/lib/programs/default-terms";
import { type Desk, openDesk } from "@/lib/services/operators/testing/desk";
import { termsInForce } from "@/lib/services/terms-in-force";
import { publishTerms } from "./publish-terms";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const now = new Date("2026-11-21T12:00:00.000Z");
const at = (days: number) => new Date(now.getTime() + days * 86_400_000);
const parametersOf = (program: string) => ({
  ...(defaultTerms.find((each) => each.program === program)?.parameters ?? {}),
});
const publish = (input: Partial<Parameters<typeof publishTerms>[1]> & { version: string }) =>
  publishTerms(
    { ...desk.ctx, clock: () => now },
    {
      program: "signup-bonus",
      effectiveFrom: at(1),
      parameters: { ...parametersOf("signup-bonus"), trigger: { kind: "load", amount: "25" } },
      actor: "command",
      reason: "A trial",
      ...input,
    },
  );

test("a version ends the one in force where it begins, and whoever is enrolled stays as they are", async () => {
  const { id } = await desk.customer("enrolled.before");
  const pinned = () =>
    desk.ctx.db.$client<{ terms_id: number }[]>`select terms_id from enrolments where account_id = ${id}`;
  const before = await pinned();
  const published = await publish({ version: "v2" });
  expect(published).toMatchObject({ ok: true, created: true, value: { version: "v2", ended: ["2025-01-01"] } });
  expect((await termsInForce(desk.ctx.db, "signup-bonus", new Date(at(1).getTime() - 1)))?.version).toBe("2025-01-01");
  const inForce = await termsInForce(desk.ctx.db, "signup-bonus", at(1));
  expect([inForce?.version, inForce?.terms.trigger.kind]).toEqual(["v2", "load"]);
  expect(await pinned()).toEqual(before);
  expect(await desk.lines("signup-bonus v2")).toEqual([
    {
      actor: "command",
      act: "terms.publish",
      reason: "A trial",
      outcome: "done",
      detail: { from: at(1).toISOString(), ended: "2025-01-01" },
    },
  ]);
});

test("the same again changes nothing, and the same name with other content is a conflict", async () => {
  expect(await publish({ version: "v2" })).toMatchObject({ ok: true, created: false });
  expect(await publish({ version: "v2", effectiveFrom: at(2) })).toMatchObject({ problem: { code: "conflict" } });
  expect(await publish({ version: "v2", parameters: parametersOf("signup-bonus") })).toMatchObject({
    problem: { code: "conflict" },
  });
});

test("a beginning in the past, at another's beginning or before another's end is refused", async () => {
  for (const effectiveFrom of [at(-1), at(0.5), at(1)]) {
    expect(await publish({ version: "late", effectiveFrom })).toMatchObject({
      problem: { code: "invalid", path: "effectiveFrom" },
    });
  }
  expect(await publish({ version: "v3", effectiveFrom: at(3) })).toMatchObject({ value: { ended: ["v2"] } });
  expect((await desk.lines("signup-bonus late")).map(({ outcome }) => outcome)).toEqual(Array(3).fill("refused"));
});

test("what is malformed, and what the engine cannot run, is refused with a sentence that says so", async () => {
  const wrong = async (program: string, changed: object) => {
    const parameters = { ...parametersOf(program), ...changed };
    const published = await publish({ program, version: "wrong", parameters, effectiveFrom: at(9) });
    return published.ok ? null : [published.problem.path, published.problem.detail];
  };
  expect(await wrong("signup-bonus", { signIns: [] })).toEqual(["parameters.signIns", expect.any(String)]);
  expect(await wrong("referral", { attributionDays: 60 })).toEqual([
    "parameters.attributionDays",
    expect.stringContaining("must be 30"),
  ]);
  expect(await wrong("serverless-referral-beta", { caps: { bonusesMax: 3 } })).toEqual([
    "parameters.caps.bonusesMax",
    expect.stringContaining("must be null"),
  ]);
  expect(await wrong("market", {})).toEqual(["program", expect.any(String)]);
  expect(await wrong("template-beta", {})).toBeNull();
});

test("two that publish at once follow one another or one is refused: never two open versions", async () => {
  const outcomes = await Promise.all(
    [10, 10, 11, 12].map((days, index) => publish({ version: `race-${index}`, effectiveFrom: at(days) })),
  );
  expect(outcomes.some(({ ok }) => ok)).toBe(true);
  const rows = await desk.ctx.db.$client<{ overlaps: number; open: number }[]>`
    select (select count(*)::int from terms a join terms b on a.program = b.program and a.id <> b.id
              and a.effective_from <= b.effective_from
              and coalesce(a.effective_until, 'infinity') > b.effective_from
             where a.program = 'signup-bonus') as overlaps,
           (select count(*)::int from terms where program = 'signup-bonus' and effective_until is null) as open`;
  expect(rows).toEqual([{ overlaps: 0, open: 1 }]);
});

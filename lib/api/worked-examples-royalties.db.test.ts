import { afterAll, beforeAll, expect, test } from "vitest";
import { dollarsFloored } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps, HOUR_MS, past } from "@/lib/testing/example-steps";
import { holds } from "@/lib/testing/holds";
import { charge, usageEvent } from "@/lib/testing/usage-events";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await api.make("/api/v1/prices/a5000", { service: "pod", unit: "hour", amount: "0.54", effectiveFrom: past });
});
afterAll(() => api.close());

test("W7: 20 users of one template at $0.54 for 168 h are $1,814.40 of spend and $18.144 of royalty", async () => {
  await steps.open("w7");
  await api.make("/api/v1/templates", { externalId: "tpl_w7", creator: "w7", name: "SDXL" });
  const users = Array.from({ length: 20 }, (_, index) => `w7.${index}`);
  for (const user of users) await steps.open(user, { paid: "90.72" });
  const data = { sku: "a5000", durationMs: 168 * HOUR_MS, template: "tpl_w7" };
  await steps.accept(users.map((subject) => usageEvent({ subject, data })));
  await api.sweep();
  const template = await api.template("tpl_w7");
  holds("W7", "spend of 20 users", [template.users, template.spend], [20, "1814.4"]);
  holds("W7", "royalty released", template.royalty.released, "18.144");
  const { wallet } = await api.account("w7");
  const parsed = parseAmount(wallet.earned);
  holds("W7", "royalty shown", dollarsFloored(parsed.ok ? parsed.nanos : nanos(0n)), "$18.14");
  expect(template).toMatchObject({
    runtimeMs: 20 * 168 * HOUR_MS,
    gateMet: true,
    royalty: { accrued: "18.144", pending: "0" },
  });
});

test("W8: a millisecond short of 24 h the royalty is pending; with it all is released, the first second included", async () => {
  await steps.open("w8");
  await api.make("/api/v1/templates", { externalId: "tpl_w8", creator: "w8", name: "Flux" });
  await steps.open("w8.user", { paid: "100" });
  const run = (durationMs: number, amount: string) => charge("w8.user", amount, { durationMs, template: "tpl_w8" });
  await steps.accept([run(1_000, "1")]);
  await steps.accept([run(24 * HOUR_MS - 1_001, "20")]);
  await api.sweep();
  const before = await api.template("tpl_w8");
  holds("W8", "runtime in ms, and whether the gate is met", [before.runtimeMs, before.gateMet], [86_399_999, false]);
  holds("W8", "pending and released", [before.royalty.pending, before.royalty.released], ["0.21", "0"]);
  expect((await api.account("w8")).wallet.earned).toBe("0");
  await steps.accept([run(1, "0.000000001")]);
  await api.sweep();
  const after = await api.template("tpl_w8");
  holds("W8", "a millisecond later, and whether it is met", [after.runtimeMs, after.gateMet], [86_400_000, true]);
  holds("W8", "pending and released then", [after.royalty.pending, after.royalty.released], ["0", "0.21"]);
  expect(after.royalty.accrued).toBe("0.21000000001");
  expect((await api.account("w8")).wallet.earned).toBe("0.21");
});

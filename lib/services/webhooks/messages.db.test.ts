import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messageData } from "@/lib/api/messages";
import { nanos } from "@/lib/money/nanos";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { judgeLevels } from "@/lib/services/alerts/judge-levels";
import { setBalanceAlert } from "@/lib/services/alerts/set-balance-alert";
import { recordDeposit } from "@/lib/services/funds/record-deposit";
import { dollars } from "@/lib/services/operators/testing/desk";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { reviewSteps } from "@/lib/testing/review-steps";
import { charge, usageEvent } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";
import { addEndpoint } from "./add-endpoint";
import { type MessageType, messageTypes } from "./message-types";
import { removeEndpoint } from "./remove-endpoint";
import { act, settled } from "./testing/post-room";

let api: ApiHarness;
let steps: ExampleSteps;
let seen = new Set<string>();

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await listen();
});
afterAll(() => api.close());
beforeEach(async () => {
  seen = new Set((await rows()).map(({ id }) => id));
});

const listen = (types: readonly string[] = []) =>
  settled(
    addEndpoint(
      { db: api.db, clock: () => api.clock.now },
      { url: "http://127.0.0.1:9/", types, ...act },
      { allowLoopback: true },
    ),
  );

interface Row {
  id: string;
  type: MessageType;
  data: Record<string, unknown>;
}

const rows = () => api.owner<Row[]>`select id, type, data from webhook_events order by at, id`;

/** What was told of a kind since the test began. */
const told = async (type: MessageType) =>
  (await rows()).filter((row) => row.type === type && !seen.has(row.id)).map(({ data }) => data);

test("an account is told once, with who sent it, as the API shows it", async () => {
  await steps.openPair("anna", ["ben"]);
  await api.call("POST", "/api/v1/accounts", { body: { externalId: "anna" } });
  const anna = await api.account("anna");
  const ben = await api.account("ben");
  const shown = ({ externalId, signedUpAt, status, referralCode, referredBy }: typeof anna) => ({
    externalId,
    signedUpAt,
    status,
    referralCode,
    referredBy,
  });
  expect(await told("account.created")).toEqual(expect.arrayContaining([shown(anna), shown(ben)]));
  expect(await told("account.created")).toHaveLength(2);
  expect(ben.referredBy).toBe("anna");
});

test("credit that falls below what its owner set, ends and comes back is told by level", async () => {
  await api.make("/api/v1/accounts", { externalId: "lena" });
  const account = (await resolveNames(api.db, ["lena"])).get("lena");
  if (!account) throw new Error("lena is not there");
  const ctx = { db: api.db, clock: () => api.clock.now };
  await setBalanceAlert(ctx, { account, lowBelow: nanos(5_000_000_000n) });
  await api.make("/api/v1/accounts/lena/deposits", { reference: "lena.1", amount: "9", method: "card" });
  for (const amount of ["5", "4"]) {
    await api.send([charge("lena", amount)]);
    await judgeLevels(ctx, [account.id]);
  }
  await api.make("/api/v1/accounts/lena/deposits", { reference: "lena.2", amount: "7.5", method: "card" });
  await judgeLevels(ctx, [account.id]);
  const at = api.clock.now.toISOString();
  const common = { account: "lena", threshold: "5", at };
  expect(await told("wallet.low")).toEqual([{ ...common, level: "low", balance: "4" }]);
  expect(await told("wallet.depleted")).toEqual([{ ...common, level: "depleted", balance: "0" }]);
  expect(await told("wallet.recovered")).toEqual([{ ...common, level: "ok", balance: "7.5" }]);
});

test("a deposit and what is taken back of it are told in the API's own words, a copy of either not again", async () => {
  await api.make("/api/v1/accounts", { externalId: "dora" });
  const deposit = { reference: "dora.1", amount: "20.100000001", method: "card" };
  const made = await api.make("/api/v1/accounts/dora/deposits", deposit);
  const reversal = { reference: "dora.2", reason: "refund", amount: "5" };
  const reversed = await api.make("/api/v1/deposits/dora.1/reversals", reversal);
  await api.call("POST", "/api/v1/accounts/dora/deposits", { body: deposit });
  await api.call("POST", "/api/v1/deposits/dora.1/reversals", { body: reversal });
  expect(await told("deposit.settled")).toEqual([{ account: "dora", ...Object(made) }]);
  expect(await told("deposit.reversed")).toEqual([{ account: "dora", ...Object(reversed) }]);
});

test("a pair that qualifies tells of both bonuses, of the pair, of each amount, and of what is taken back", async () => {
  await steps.drawExactly(700);
  await steps.openPair("rita", ["karl"]);
  const deposit = await steps.deposit("karl", "20");
  await steps.accept([charge("karl", "10")]);
  const draws = await steps.drawsOf("karl");
  expect((await told("bonus.due")).map(({ account, drawId, state }) => [account, drawId, state])).toEqual(
    expect.arrayContaining(draws.map(({ id, beneficiary }) => [beneficiary, id, "due"])),
  );
  expect(await told("referral.qualified")).toMatchObject([{ account: "rita", referred: "karl", program: "referral" }]);
  await drawnWithin(
    20_000,
    [api],
    draws.map(({ id }) => id),
  );
  const drawn = await told("bonus.drawn");
  expect(drawn).toHaveLength(2);
  for (const { id, beneficiary } of draws) {
    const { body } = await api.call("GET", `/api/v1/draws/${id}`);
    const { dueAt, drawnAt, amount, program } = Object(body);
    const data = { account: beneficiary, drawId: id, program, state: "drawn", reason: null, dueAt, drawnAt, amount };
    expect(drawn).toContainEqual(data);
    expect(amount).toBe("7");
  }
  expect((await told("commission.released")).map(({ account }) => account)).toEqual(["rita"]);
  const { released } = (await api.account("rita")).earnings.commission;
  expect(await told("commission.released")).toEqual([{ account: "rita", program: "referral", amount: released }]);
  await steps.reverse(deposit, "chargeback");
  await api.sweep();
  expect((await told("bonus.taken_back")).map(({ account, amount }) => [account, amount]).sort()).toEqual([
    ["karl", "7"],
    ["rita", "7"],
  ]);
});

test("a bonus that is held tells why", async () => {
  const reviews = reviewSteps(api);
  await reviews.open("pay.first");
  await reviews.deposit("pay.first", "1", "card-1");
  await reviews.open("pay.second");
  await reviews.deposit("pay.second", "20", "card-1");
  await reviews.spend("pay.second", "10");
  await api.sweep();
  expect(await told("bonus.held")).toMatchObject([
    { account: "pay.second", state: "held", reason: "payment_fingerprint", amount: null },
  ]);
});

test("a template's gate is told once", async () => {
  await api.make("/api/v1/accounts", { externalId: "maker" });
  await api.make("/api/v1/templates", { externalId: "tpl", creator: "maker", name: "Template" });
  const use = (hours: number) =>
    usageEvent({
      subject: "maker",
      data: { service: "pod", amount: "0.01", template: "tpl", durationMs: hours * 3_600_000 },
    });
  const { gateMs } = await api.template("tpl");
  await api.send(Array.from({ length: gateMs / 3_600_000 }, () => use(1)));
  await api.sweep();
  await api.send([use(1)]);
  await api.sweep();
  const { externalId, creator, name, createdAt, gateMet } = await api.template("tpl");
  expect(await told("template.gate_met")).toEqual([{ externalId, creator, name, createdAt, gateMet }]);
  expect(gateMet).toBe(true);
});

test("an application is told as the API shows it", async () => {
  const names = Array.from({ length: 25 }, (_, index) => `applied.${index}`);
  await steps.openPair("applicant", names, { opening: { paid: "200" } });
  for (const name of names) await steps.enrol(name, "referral-beta");
  await steps.accept(names.map((name) => charge(name, "100")));
  await api.sweep();
  expect(await told("commission.released")).toEqual([]);
  const body = { program: "referral-beta", reference: "applicant.1" };
  const { reference, account, program, state, submittedAt } = Object(
    await api.make("/api/v1/accounts/applicant/applications", body),
  );
  expect(await told("application.submitted")).toEqual([{ reference, account, program, state, submittedAt }]);
});

test("usage itself tells nothing", async () => {
  await steps.open("busy", { paid: "20" });
  const before = (await rows()).length;
  await api.send(Array.from({ length: 50 }, () => charge("busy", "0.01")));
  expect(await rows()).toHaveLength(before);
});

test("what is rolled back is not told; what commits is", async () => {
  await api.make("/api/v1/accounts", { externalId: "undone" });
  const [account] = await api.owner<{ lane: number; id: string }[]>`
    select lane, id from accounts where external_id = 'undone'`;
  if (!account) throw new Error("not made");
  const input = { account, reference: "undone.1", amount: dollars("1"), method: "card" } as const;
  const undone = api.db.transaction(async (tx) => {
    const db = Object.assign(tx, { $client: api.db.$client });
    await settled(recordDeposit({ db, clock: () => api.clock.now }, input));
    throw new Error("changed my mind");
  });
  await expect(undone).rejects.toThrow("changed my mind");
  expect(await told("deposit.settled")).toEqual([]);
  await settled(recordDeposit({ db: api.db, clock: () => api.clock.now }, input));
  expect(await told("deposit.settled")).toHaveLength(1);
});

test("with nobody listening to a kind, nothing of it is written", async () => {
  const live = await api.owner<{ id: string }[]>`select id from webhook_endpoints where state = 'active'`;
  for (const { id } of live) {
    await settled(removeEndpoint({ db: api.db, clock: () => api.clock.now }, { id, ...act }));
  }
  await listen(["deposit.settled"]);
  await steps.open("quiet", { paid: "1" });
  expect(await told("account.created")).toEqual([]);
  expect(await told("deposit.settled")).toHaveLength(1);
});

test("neither screens nor readers can read a secret again, and nobody changes what was told", async () => {
  for (const role of ["web", "reader"] as const) {
    const process = api.another(role);
    await expect(process.db.$client`select secret from webhook_secrets`).rejects.toThrow(/permission denied/);
    expect(await process.db.$client`select endpoint_id, made_at from webhook_secrets`).not.toHaveLength(0);
  }
  for (const table of ["webhook_events", "webhook_attempts"]) {
    await expect(api.db.$client.unsafe(`delete from ${table}`)).rejects.toThrow(/permission denied/);
    await expect(api.owner.unsafe(`truncate ${table} cascade`)).rejects.toThrow(/append-only/);
  }
  await expect(api.owner`update webhook_events set type = 'x'`).rejects.toThrow(/append-only/);
});

test("kinds that do not exist and addresses outside the rules are refused, and the refusal is in the audit log", async () => {
  const ctx = { db: api.db, clock: () => api.clock.now };
  const refusals = [
    { url: "https://127.0.0.1/", types: [] },
    { url: "http://example.com/", types: [] },
    { url: "https://localhost/", types: [] },
  ];
  for (const input of refusals) {
    expect(await addEndpoint(ctx, { ...input, ...act }, { allowLoopback: false })).toMatchObject({
      ok: false,
      problem: { path: "url" },
    });
  }
  const unknown = { url: "http://127.0.0.1:9/", types: ["usage.posted"], ...act };
  expect(await addEndpoint(ctx, unknown, { allowLoopback: true })).toMatchObject({ problem: { path: "types" } });
  const lines = await api.owner`select 1 from audit_log where act = 'webhook.add' and outcome = 'refused'`;
  expect(lines).toHaveLength(4);
});

test("every kind there is was told by these tests, as the reference describes it", async () => {
  const kinds = new Set((await rows()).map(({ type }) => type));
  expect([...kinds].sort()).toEqual(Object.keys(messageTypes).sort());
  const faults = (await rows()).flatMap(({ type, data }) => messageData[type].safeParse(data).error?.issues ?? []);
  expect(faults).toEqual([]);
});

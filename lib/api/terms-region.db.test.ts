import { hexToBytes } from "@noble/hashes/utils.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { verifyDraw } from "@/lib/programs/draw";
import { oddsHash } from "@/lib/programs/odds";
import { readPublishedDraw } from "@/lib/programs/published-draw";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { otherTerms } from "@/lib/testing/other-terms";
import { charge } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let steps: ExampleSteps;
let version: string;

const fixed = { kind: "fixed", amount: "5", byRegion: { US: "10.5", IN: "2.5" }, bucket: "promo" } as const;
const one = (cents: number) => ({ tiers: [[1_000_000, cents, cents]], v: 1 }) as const;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  version = await otherTerms(api, "signup-bonus", { bonus: fixed });
  await otherTerms(api, "referral", { bonus: fixed });
  await steps.open("host", { region: "US" });
  const { referralCode } = await api.account("host");
  await steps.open("guest", { region: "IN", referralCode, paid: "10" });
  for (const [name, region] of [
    ["us", "US"],
    ["fr", "FR"],
    ["nowhere", null],
  ] as const) {
    await steps.open(name, { region, paid: "10" });
  }
  await steps.accept(["guest", "us", "fr", "nowhere"].map((name) => charge(name, "10")));
  const draws = (await Promise.all(["guest", "us", "fr", "nowhere"].map(steps.drawsOf))).flat();
  await drawnWithin(
    30_000,
    [api],
    draws.map(({ id }) => id),
  );
  await api.sweep();
});
afterAll(() => api.close());

test("a fixed bonus is what the beneficiary's own region gives, on both sides of a referral", async () => {
  const names = ["us", "fr", "nowhere", "guest", "host"];
  const promo = await Promise.all(names.map(async (name) => (await api.account(name)).wallet.promo));
  expect(promo).toEqual(["10.5", "5", "5", "2.5", "10.5"]);
});

test("the draw of a fixed bonus is published with the region's odds and proves itself like any other", async () => {
  const Drawn = z.object({ oddsHash: z.string() });
  for (const [name, cents] of [
    ["us", 1_050],
    ["fr", 500],
    ["guest", 250],
  ] as const) {
    const { drawId } = (await api.account(name)).bonus;
    const { body } = await api.call("GET", `/api/v1/draws/${drawId}`, { key: null });
    expect(body).toMatchObject({ state: "drawn", odds: one(cents), oddsHash: oddsHash(one(cents)) });
    const read = readPublishedDraw(body);
    if (!read.ok) throw new Error(read.message);
    const { odds, amount, randomness } = read.draw;
    const hash = Drawn.parse(body).oddsHash;
    expect(verifyDraw({ drawId, odds, oddsHash: hash, randomness: hexToBytes(randomness), amount }).ok).toBe(true);
  }
});

test("what each region is bound to is published with the terms, and said in a sentence", async () => {
  const { body } = await api.call("GET", "/.well-known/credit-programs.json", { key: null });
  expect(body).toMatchObject({
    programs: expect.arrayContaining([
      expect.objectContaining({
        program: "signup-bonus",
        version,
        oddsHash: oddsHash(one(500)),
        oddsHashByRegion: { US: oddsHash(one(1_050)), IN: oddsHash(one(250)) },
      }),
    ]),
  });
  expect(JSON.stringify(body)).toContain("$2.50 in IN and $10.50 in US, and $5 elsewhere");
});

test("the region is fixed when the draw is due, and what was reserved is exactly the amount", async () => {
  const rows = await api.owner<{ name: string; region: string | null; amount: string; reserved: string }[]>`
    select a.external_id as name, d.region, d.amount, d.reserved
      from draws d join accounts a on a.lane = d.beneficiary_lane and a.id = d.beneficiary_id order by a.external_id`;
  expect(rows.map(({ name, region }) => [name, region])).toEqual([
    ["fr", "FR"],
    ["guest", "IN"],
    ["host", "US"],
    ["nowhere", null],
    ["us", "US"],
  ]);
  expect(rows.every(({ amount, reserved }) => amount === reserved)).toBe(true);
});

test("a draw whose region was changed afterwards does not verify", async () => {
  const { verify } = await import("@/lib/ledger/verify/verify");
  await api.owner`alter table draws disable trigger all`;
  await api.owner`update draws set region = 'US' where region = 'FR'`;
  const { differences } = await verify(api.db);
  expect(differences.map(({ what }) => what)).toContainEqual(expect.stringContaining("draw "));
  await api.owner`update draws set region = 'FR' where beneficiary_id = (select id from accounts where external_id = 'fr')`;
  await api.owner`alter table draws enable trigger all`;
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { holds } from "@/lib/testing/holds";
import { charge, voidOf } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let steps: ExampleSteps;

const deposits = new Map<string, string>();
/** The last event of each account: in W18 the one that carries paid spend from 9 to 12. */
const lastEvents = new Map<string, ReturnType<typeof charge>>();

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await steps.drawExactly(700);
  for (const [name, spent] of [
    ["w13", ["10"]],
    ["w17", ["10"]],
    ["w18", ["9", "3"]],
  ] as const) {
    const friend = `${name}.friend`;
    await steps.openPair(name, [friend]);
    deposits.set(name, await steps.deposit(friend, name === "w18" ? "12" : "10"));
    for (const amount of spent) {
      const event = charge(friend, amount);
      lastEvents.set(name, event);
      await steps.accept([event]);
    }
  }
  const draws = (await Promise.all(["w13", "w17", "w18"].map((name) => steps.drawsOf(`${name}.friend`)))).flat();
  await drawnWithin(
    30_000,
    [api],
    draws.map(({ id }) => id),
  );
});
afterAll(() => api.close());

const deposited = (name: string): string => {
  const reference = deposits.get(name);
  if (reference === undefined) throw new Error(`${name} has no deposit`);
  return reference;
};

/** What of its wallet the examples speak of. */
const owed = async (account: string) => {
  const { wallet } = await api.account(account);
  return [wallet.promo ?? "", wallet.debt ?? "", wallet.arrears ?? ""];
};

test("W13: a chargeback takes both sides' bonuses back, what was spent of them becomes debt; the dispute won undoes it", async () => {
  holds("W13", "promo, debt, arrears of the bonus drawn", await owed("w13.friend"), ["7", "0", "0"]);
  await steps.accept([charge("w13.friend", "3"), charge("w13", "2")]);
  await steps.reverse(deposited("w13"), "chargeback");
  holds("W13", "promo, debt, arrears after the chargeback", await owed("w13.friend"), ["0", "3", "10"]);
  expect((await api.account("w13.friend")).bonus).toMatchObject({ state: "taken_back", amount: "7", progress: "0" });
  await api.sweep();
  holds("W13", "its referrer's, of $2 spent", await owed("w13"), ["0", "2", "0"]);
  const taken = (await api.account("w13")).earnings.referralBonuses;
  expect([taken.accrued, taken.released]).toEqual(["0", "0"]);

  await steps.reverse(deposited("w13"), "dispute_won");
  holds("W13", "promo, debt, arrears, dispute won", await owed("w13.friend"), ["4", "0", "0"]);
  await api.sweep();
  holds("W13", "its referrer's, dispute won", await owed("w13"), ["5", "0", "0"]);
  expect((await api.account("w13.friend")).bonus).toMatchObject({ state: "drawn", amount: "7", progress: "10" });
});

test("W17: after a chargeback a new deposit posts the same bonus again, and it settles the debt first", async () => {
  await steps.accept([charge("w17.friend", "3")]);
  await steps.reverse(deposited("w17"), "chargeback");
  expect(await owed("w17.friend")).toEqual(["0", "3", "10"]);
  const before = await steps.drawsOf("w17.friend");
  await steps.deposit("w17.friend", "10");
  const { bonus, lifetime } = await api.account("w17.friend");
  holds("W17", "promo, debt, arrears after a new deposit", await owed("w17.friend"), ["4", "0", "0"]);
  holds("W17", "paid spend", lifetime.paidSpend, "10");
  holds("W17", "bonus, the same again", [bonus.state, bonus.amount], ["drawn", "7"]);
  await api.sweep();
  const after = await steps.drawsOf("w17.friend");
  expect(after).toEqual(before);
  holds("W17", "draws of both sides, as before", after.length, 2);
  expect(await owed("w17")).toEqual(["7", "0", "0"]);
});

test("W18: a void below the trigger takes the bonus back and returns the money; spending again posts the same bonus again", async () => {
  const account = "w18.friend";
  const event = lastEvents.get("w18");
  if (!event) throw new Error("W18 has no event");
  await steps.accept([voidOf(event)]);
  const voided = await api.account(account);
  holds("W18", "paid spend after the void", voided.lifetime.paidSpend, "9");
  holds("W18", "bonus after the void", [voided.bonus.state, voided.wallet.promo ?? ""], ["taken_back", "0"]);
  holds("W18", "paid, returned", voided.wallet.paid, "3");
  await api.sweep();
  expect(await owed("w18")).toEqual(["0", "0", "0"]);

  await steps.accept([charge(account, "1")]);
  const again = await api.account(account);
  holds("W18", "paid spend and promo, spending again", [again.lifetime.paidSpend, again.wallet.promo], ["10", "7"]);
  expect(again.bonus).toMatchObject({ state: "drawn", amount: "7", drawId: voided.bonus.drawId });
  expect(await steps.drawsOf(account)).toHaveLength(2);
  await api.sweep();
  expect(await owed("w18")).toEqual(["7", "0", "0"]);
});

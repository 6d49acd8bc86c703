import { afterAll, beforeAll, expect, test } from "vitest";
import { verify } from "@/lib/ledger/verify/verify";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { RandomHistory, rateCard } from "@/lib/testing/random-history";

const count = Number(process.env.HISTORIES ?? (process.env.FULL ? 200 : 60));
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let api: ApiHarness;
let processes: ApiProcess[];

beforeAll(async () => {
  api = await apiHarness();
  processes = [api, api.another()];
  for (const [sku, { service, unit, amount }] of Object.entries(rateCard)) {
    await api.make(`/api/v1/prices/${sku}`, { service, unit, amount, effectiveFrom: "2025-01-01T00:00:00.000Z" });
  }
});
afterAll(() => api.close());

/** Says which seed and history failed; that one alone is repeated by `SEED=… HISTORIES=1`. */
async function named(index: number, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw new Error(`History ${index} failed; SEED=${seed + index} HISTORIES=1 repeats it`, { cause: error });
  }
}

test(`the ledger is the reference model's to the nano after each of ${count} random histories, seed ${seed}`, {
  timeout: 600_000,
}, async () => {
  console.info(`random histories: ${count}, SEED=${seed}`);
  const histories = Array.from(
    { length: count },
    (_, index) => new RandomHistory(api, processes, `h${index}`, seed + index),
  );
  // In two halves: between them the rounds of the first draws come out, and bonuses are spent in the second.
  for (const [index, history] of histories.entries()) {
    await named(index, async () => {
      await history.begin();
      for (let round = 0; round < 3; round += 1) await history.round();
      await history.settle();
    });
  }
  for (const [index, history] of histories.entries()) {
    await named(index, async () => {
      await history.settle();
      await history.round();
      await history.settle();
      await history.round();
      await history.settle();
      await history.compare();
    });
  }
  const accounts = histories.flatMap(({ model }) => [...model.accounts.values()]);
  const drawn = accounts.reduce((sum, account) => sum + account.drawn.size, 0);
  const events = accounts.reduce((sum, { usage }) => sum + usage.length, 0);
  console.info(`random histories: ${accounts.length} accounts, ${events} events, ${drawn} draws recomputed`);
  const { differences } = await verify(api.db);
  expect(differences).toEqual([]);
});

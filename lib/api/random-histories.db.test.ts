import { afterAll, beforeAll, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { compareWithModel, readDraws } from "@/lib/testing/compare-with-model";
import { RandomHistory } from "@/lib/testing/random-history";
import { rateCard } from "@/lib/testing/random-usage";

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

/** When rounds happen, in days from the first: what was posted in the first is too old to be claimed in the last two. */
const days = [0, 9, 14, 31, 55];
const DAY_MS = 86_400_000;
/** Histories played at the same time. */
const TOGETHER = 6;

/** Lets every history do something, some at a time, and says which one failed and how to repeat it alone. */
async function each(
  histories: readonly RandomHistory[],
  act: (history: RandomHistory) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < histories.length; first += TOGETHER) {
    await Promise.all(
      histories.slice(first, first + TOGETHER).map(async (history, place) => {
        try {
          await act(history);
        } catch (error) {
          const repeat = `SEED=${seed + first + place} HISTORIES=1`;
          throw new Error(`History ${history.name} is not the model's; ${repeat} repeats it`, { cause: error });
        }
      }),
    );
  }
}

test(`the ledger is the reference model's to the nano after ${count} random histories, seed ${seed}`, {
  timeout: 900_000,
}, async () => {
  console.info(`random histories: ${count}, SEED=${seed}`);
  const start = api.clock.now.getTime();
  const histories = Array.from(
    { length: count },
    (_, index) => new RandomHistory(api, processes, `h${index}`, seed + index),
  );
  await each(histories, (history) => history.begin());
  for (const day of days) {
    api.clock.now = new Date(start + day * DAY_MS);
    await each(histories, (history) => history.round());
    // Between rounds nobody uses anything, so that what a sweep posts has one place in every account's order.
    await api.sweep();
    await each(histories, async (history) => {
      history.model.sweep();
      await readDraws(api, history.model);
    });
  }
  await each(histories, (history) => compareWithModel(api, history.model));
  const accounts = histories.flatMap(({ model }) => [...model.accounts.values()]);
  const drawn = accounts.reduce((sum, account) => sum + account.drawn.size, 0);
  const events = accounts.reduce((sum, { usage }) => sum + usage.length, 0);
  console.info(`random histories: ${accounts.length} accounts, ${events} events, ${drawn} draws recomputed`);
});

import { describe, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { compareWithModel, readAccounts, readDraws } from "@/lib/testing/compare-with-model";
import { Dice } from "@/lib/testing/dice";
import { DAY_MS } from "@/lib/testing/model/rules";
import { RandomHistory } from "@/lib/testing/random-history";
import { type Occasion, occasions } from "@/lib/testing/random-scene";
import { rateCard } from "@/lib/testing/random-usage";
import { publishSmallTerms } from "@/lib/testing/small-terms";

const full = Boolean(process.env.FULL);
const count = Number(process.env.HISTORIES ?? (full ? 1_000 : 60));
/** Always the same few, or as many new ones as are promised. */
const seed = Number(process.env.SEED ?? (full ? Date.now() % 1_000_000 : 1));
/** How long a history is, in things that happen. */
const stepsOf = (history: number) => 50 + new Dice(history).below(full ? 451 : 51);

/** Histories that share a database. */
const PER_BOOKS = 100;
/** Histories played at the same time. */
const TOGETHER = 6;
/** Of so many histories of the slice, one is compared after every request; of the full number, each is. */
const EACH_STEP_OF = 10;
/** So many histories meet every occasion they are made to meet. */
const MEETING_ALL_MIN = 20;
/** When rounds happen, in days from the first: over ends of months, and past the time in which usage may be claimed. */
const days = [0, 9, 14, 31, 55, 70, 101];

async function openBooks(): Promise<ApiHarness> {
  const api = await apiHarness();
  for (const [sku, { service, unit, amount }] of Object.entries(rateCard)) {
    await api.make(`/api/v1/prices/${sku}`, { service, unit, amount, effectiveFrom: "2025-01-01T00:00:00.000Z" });
  }
  await publishSmallTerms(api);
  return api;
}

/** Lets every history do something, some at a time, and says which one failed and how to repeat it alone. */
async function each(
  histories: readonly RandomHistory[],
  act: (history: RandomHistory) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < histories.length; first += TOGETHER) {
    await Promise.all(
      histories.slice(first, first + TOGETHER).map(async (history) => {
        try {
          await act(history);
        } catch (error) {
          const repeat = `${full ? "FULL=1 " : ""}SEED=${history.options.seed} HISTORIES=1`;
          throw new Error(`History ${history.options.name} is not the model's; ${repeat} repeats it`, { cause: error });
        }
      }),
    );
  }
}

describe(`random histories, SEED=${seed}`, () => {
  for (let first = 0; first < count; first += PER_BOOKS) {
    const some = Math.min(PER_BOOKS, count - first);
    test(`the ledger is the reference model's to the nano throughout histories ${first + 1} to ${first + some} of ${count}`, {
      timeout: 1_800_000,
    }, async () => {
      const api = await openBooks();
      const processes = [api, api.another()];
      const start = api.clock.now.getTime();
      const histories = Array.from({ length: some }, (_, index) => {
        const own = seed + first + index;
        const eachStep = full || own % EACH_STEP_OF === 0;
        return new RandomHistory(api, processes, { name: `h${index}`, seed: own, steps: stepsOf(own), eachStep });
      });
      const byName = new Map(histories.map((history) => [history.options.name, history]));
      const seen = new Set<string>();
      await each(histories, (history) => history.begin());
      for (const day of days) {
        api.clock.now = new Date(start + day * DAY_MS);
        const atMs = api.clock.now.getTime();
        await each(histories, (history) => history.round(days.length));
        // Between rounds nobody uses anything, so that what a sweep posts has one place in every account's order.
        await api.sweep();
        for (const { model } of histories) model.happen({ kind: "swept", atMs });
        for (const draw of await readDraws(api, seen)) {
          const history = byName.get(draw.trigger.split(".")[0] ?? "");
          history?.model.happen({ kind: "drawn", ...draw, atMs });
        }
        const accounts = await readAccounts(api);
        await each(histories, (history) => compareWithModel(api, history.model, accounts));
      }
      console.info(`random histories: ${some}, SEED=${seed + first}: ${summary(histories)}`);
      const mustMeet = some < MEETING_ALL_MIN ? [] : occasions;
      for (const occasion of mustMeet) expect(metBy(histories, occasion), occasion).toBeGreaterThan(0);
      await api.close();
    });
  }
});

const metBy = (histories: readonly RandomHistory[], occasion: Occasion): number =>
  histories.reduce((total, { met }) => total + met.of(occasion), 0);

function summary(histories: readonly RandomHistory[]): string {
  const all = histories.flatMap(({ model }) => model.history);
  const count = (kind: string) => all.filter((each) => each.kind === kind).length;
  const rewards = histories.flatMap(({ model }) => model.books.rewards);
  const [milestones, bonuses] = [rewards.filter(({ kind }) => kind === "milestone"), count("drawn")];
  const ended = (what: "expiries" | "releases") =>
    histories.reduce((total, { model }) => total + model.books.ended[what], 0);
  const done = histories.reduce((total, history) => total + history.done, 0);
  expect(done).toBeGreaterThanOrEqual(histories.reduce((total, { options }) => total + options.steps, 0));
  return [
    `${done} steps`,
    `${count("opened")} accounts`,
    `${count("usage")} events`,
    `${count("void")} voids`,
    `${count("deposit")} deposits`,
    `${count("reversal")} reversals`,
    `${count("enrolled")} enrolments`,
    `${count("decided")} decisions`,
    `${bonuses} draws recomputed`,
    `${ended("expiries")} expiries`,
    `${ended("releases")} releases`,
    `${milestones.filter(({ posted }) => posted).length} of ${milestones.length} milestones standing`,
    `${histories.flatMap(({ model }) => [...model.books.templates.values()]).filter(({ gateMet }) => gateMet).length} template gates met`,
    ...occasions.map((occasion) => `${metBy(histories, occasion)} ${occasion}`),
  ].join(", ");
}

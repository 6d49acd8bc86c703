import { appendFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { compareDraws, compareWithModel, readAccounts, readDraws, repeatDraw } from "@/lib/testing/compare-with-model";
import { Dice } from "@/lib/testing/dice";
import type { Books } from "@/lib/testing/model/books";
import { DAY_MS } from "@/lib/testing/model/rules";
import { RandomHistory } from "@/lib/testing/random-history";
import { type Occasion, occasions } from "@/lib/testing/random-scene";
import { rateCard } from "@/lib/testing/random-usage";
import { termsMet } from "@/lib/testing/terms-met";
import { TurningTerms } from "@/lib/testing/turning-terms";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

const full = Boolean(process.env.FULL);
/** Always the same few, or as many new ones as are promised; `HISTORIES=101-200` for those of them. */
const [from, to] = rangeOf(process.env.HISTORIES ?? (full ? "1000" : "60"));
const seed = Number(process.env.SEED ?? (full ? Date.now() % 1_000_000 : 1));
/** How long a history is, in things that happen. */
const stepsOf = (history: number) => 50 + new Dice(history).below(full ? 451 : 51);

function rangeOf(text: string): [from: number, to: number] {
  const [first = "", last] = text.split("-");
  return last === undefined ? [1, Number(first)] : [Number(first), Number(last)];
}

/** Histories that share a database. */
const PER_BOOKS = 100;
/** Histories played at the same time. */
const TOGETHER = 8;
/** Of so many histories of the slice, one is compared after every request; of the full number, each is. */
const EACH_STEP_OF = 10;
/** So many histories meet every occasion they are made to meet. */
const MEETING_ALL_MIN = 50;
/** When rounds happen, in days from the first: over ends of months, and past the time in which usage may be claimed. */
const days = [0, 9, 14, 31, 55, 70, 101];

async function openBooks(): Promise<{ api: ApiHarness; terms: TurningTerms }> {
  const api = await apiHarness();
  for (const [sku, { service, unit, amount }] of Object.entries(rateCard)) {
    await api.make(`/api/v1/prices/${sku}`, { service, unit, amount, effectiveFrom: "2025-01-01T00:00:00.000Z" });
  }
  const terms = new TurningTerms(days.map((day) => api.clock.now.getTime() + day * DAY_MS));
  await terms.publish(api);
  return { api, terms };
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

/** Everything that waits is posted, here and in the models, and both are compared. */
async function settle(
  { api, histories, atMs }: { api: ApiHarness; histories: readonly RandomHistory[]; atMs: number },
  seen: Set<string>,
): Promise<void> {
  const models = histories.flatMap((history) => history.models);
  // Between rounds nobody uses anything, so that what a sweep posts has one place in every account's order.
  await api.settle();
  for (const model of models) model.happen({ kind: "swept", atMs });
  const draws = await readDraws(api);
  for (const draw of draws.filter(({ id, state }) => state === "drawn" && !seen.has(id))) {
    seen.add(draw.id);
    const { side, trigger } = draw;
    const model = models.find(({ books }) => books.accounts.has(trigger));
    model?.happen({ kind: "drawn", side, trigger, amount: await repeatDraw(api, draw), atMs });
  }
  const accounts = await readAccounts(api);
  await each(histories, async (history) => {
    for (const model of history.models) {
      await compareWithModel(api, model, accounts);
      compareDraws(model, draws);
    }
  });
}

/** Waits for the rounds of everything that is bound. */
async function awaitDraws(api: ApiHarness): Promise<void> {
  const open = (await readDraws(api)).filter(({ state }) => state === "bound");
  await drawnWithin(
    30_000,
    [api],
    open.map(({ id }) => id),
  );
}

describe(`random histories, SEED=${seed}`, () => {
  for (let first = from; first <= to; first += PER_BOOKS) {
    const last = Math.min(first + PER_BOOKS - 1, to);
    test(`the ledger is the reference model's to the nano throughout histories ${first} to ${last} of ${to}`, {
      timeout: 3_600_000,
    }, async () => {
      const began = Date.now();
      const { api, terms } = await openBooks();
      const processes = [api, api.another()];
      const start = api.clock.now.getTime();
      const histories = Array.from({ length: last - first + 1 }, (_, index) => {
        const own = seed + first - 1 + index;
        const eachStep = full || own % EACH_STEP_OF === 0;
        const options = { name: `h${index}`, seed: own, steps: stepsOf(own), eachStep, terms };
        return new RandomHistory(api, processes, options);
      });
      const seen = new Set<string>();
      await each(histories, (history) => history.begin());
      for (const day of days) {
        api.clock.now = new Date(start + day * DAY_MS);
        await each(histories, (history) => history.round(days.length));
        await settle({ api, histories, atMs: api.clock.now.getTime() }, seen);
      }
      await awaitDraws(api);
      await settle({ api, histories, atMs: api.clock.now.getTime() }, seen);
      say(`histories ${first} to ${last}, SEED=${seed + first - 1}: ${summary(histories)}`, began);
      const mustMeet = histories.length < MEETING_ALL_MIN ? [] : occasions;
      for (const occasion of mustMeet) expect(metBy(histories, occasion), occasion).toBeGreaterThan(0);
      if (histories.length >= MEETING_ALL_MIN) {
        for (const [what, times] of termsMetBy(histories)) expect(times, what).toBeGreaterThan(0);
      }
      await api.close();
    });
  }
});

/** Into a file as well, when HISTORIES_LOG names one, so that a long run may be made in pieces. */
function say(what: string, beganMs: number): void {
  const line = `${what}, ${Math.round((Date.now() - beganMs) / 1_000)} s`;
  console.info(line);
  const { HISTORIES_LOG: file } = process.env;
  if (file) appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
}

const metBy = (histories: readonly RandomHistory[], occasion: Occasion): number =>
  histories.reduce((total, { met }) => total + met.of(occasion), 0);

const booksOf = (histories: readonly RandomHistory[]): Books[] =>
  histories.flatMap(({ models }) => models.map(({ books }) => books));

const termsMetBy = (histories: readonly RandomHistory[]): [what: string, times: number][] =>
  Object.entries(termsMet).map(([what, meeting]) => [
    what,
    booksOf(histories).reduce((total, books) => total + meeting(books), 0),
  ]);

function summary(histories: readonly RandomHistory[]): string {
  const all = histories.flatMap(({ models }) => models.flatMap(({ history }) => history));
  const count = (kind: string) => all.filter((each) => each.kind === kind).length;
  const rewards = booksOf(histories).flatMap((books) => books.rewards);
  const [milestones, bonuses] = [rewards.filter(({ kind }) => kind === "milestone"), count("drawn")];
  const ended = (what: "expiries" | "releases") =>
    booksOf(histories).reduce((total, books) => total + books.ended[what], 0);
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
    `${
      booksOf(histories)
        .flatMap((books) => [...books.templates.values()])
        .filter(({ gateMet }) => gateMet).length
    } template gates met`,
    ...termsMetBy(histories).map(([what, times]) => `${times} ${what}`),
    ...occasions.map((occasion) => `${metBy(histories, occasion)} ${occasion}`),
  ].join(", ");
}

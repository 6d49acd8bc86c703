import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { ATTEMPTS, raceRounds, raceTimeout, sweepAtOnce } from "@/lib/testing/races";
import { charge } from "@/lib/testing/usage-events";

/** The most that one draw may give, in nano-dollars: what is reserved for it. */
const MOST = 500_000_000_000n;
const DUE = 3;

let api: ApiHarness;
let steps: ExampleSteps;
let processes: ApiProcess[];
let naive: Sql;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  processes = [api, api.another()];
  naive = postgres(api.url("owner"), { max: ATTEMPTS, onnotice: () => {} });
  await naive`create table naive_reservations (round int, amount bigint)`;
});
afterAll(async () => {
  await naive.end();
  await api.close();
});

interface Edge {
  left: bigint | null;
  queued: number;
  bound: number;
  drawn: number;
}

/** What the program's budget has left, and how many draws are where. */
async function edge(): Promise<Edge> {
  const [row] = await api.owner<(Omit<Edge, "left"> & { left: string | null })[]>`
    select budget - reserved - spent as left, states.*
      from program_settings,
           (select count(*) filter (where state = 'queued')::int as queued,
                   count(*) filter (where state = 'bound')::int as bound,
                   count(*) filter (where state = 'drawn')::int as drawn from draws) states
     where program = 'signup-bonus'`;
  if (!row) throw new Error("The program has no settings");
  return { ...row, left: row.left === null ? null : BigInt(row.left) };
}

/** Moves the rounds of bound draws a year on, or back: what a draw gives back would blur the edge of the next round. */
const postponeRounds = (years: 1 | -1) =>
  api.owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`
      update draws set round_at = round_at + make_interval(years => ${years})
       where state = 'bound' and (round_at > now() + interval '6 months') = ${years === -1}`;
  });

test(`twenty sweeps at a budget's edge bind what it holds and queue the rest, which is served when there is more, in ${raceRounds} of ${raceRounds} rounds`, {
  timeout: raceTimeout,
}, async () => {
  let exact = 0;
  for (let round = 0; round < raceRounds; round += 1) {
    const names = Array.from({ length: DUE }, (_, index) => `due_${round}.${index}`);
    for (const name of names) await steps.open(name, { opening: { paid: "10" } });
    await steps.accept(names.map((name) => charge(name, "10")));
    // Room for one reservation and, so that the edge is sharp, a nano-dollar less than for a second one.
    await api.owner`
      update program_settings set budget = reserved + spent + ${String(2n * MOST - 1n)} where program = 'signup-bonus'`;
    const before = await edge();
    await sweepAtOnce(processes);
    const after = await edge();
    expect(after.left === null || after.left < 0n).toBe(false);
    expect(after.bound + after.drawn).toBeGreaterThan(before.bound + before.drawn);
    if (after.drawn === before.drawn) {
      exact += 1;
      expect([after.bound - before.bound, after.queued, after.left]).toEqual([1, DUE - 1, MOST - 1n]);
      const states = await Promise.all(names.map(async (name) => (await api.account(name)).bonus.state));
      expect(states.sort()).toEqual(["bound", "queued", "queued"]);
    }
    await api.owner`update program_settings set budget = null where program = 'signup-bonus'`;
    await sweepAtOnce(processes);
    const { queued, bound, drawn } = await edge();
    expect([queued, bound + drawn]).toEqual([0, DUE * (round + 1)]);
    await postponeRounds(1);
  }
  await postponeRounds(-1);
  console.info(`budget: ${exact} of ${raceRounds} rounds with nothing drawn meanwhile, one of ${DUE} bound in each`);
  expect(exact).toBeGreaterThan(0);
});

test("the naive way, reading the sum before it reserves, goes past the budget under the same race", async () => {
  let past = 0;
  for (let round = 0; round < raceRounds; round += 1) {
    const attempt = () =>
      naive.begin(async (tx) => {
        const [{ reserved = 0 } = {}] = await tx<{ reserved: number }[]>`
          select coalesce(sum(amount), 0)::int as reserved from naive_reservations where round = ${round}`;
        if (reserved + 500 <= 999) await tx`insert into naive_reservations values (${round}, 500)`;
      });
    await Promise.all(Array.from({ length: ATTEMPTS }, attempt));
    const [after] = await naive<{ reserved: number }[]>`
      select sum(amount)::int as reserved from naive_reservations where round = ${round}`;
    if ((after?.reserved ?? 0) > 999) past += 1;
  }
  console.info(`the naive way: ${past} of ${raceRounds} rounds past the budget`);
  expect(past).toBeGreaterThan(0);
});

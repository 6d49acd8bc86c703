import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let roles: Record<"web" | "worker", Sql>;

beforeAll(async () => {
  api = await apiHarness();
  const as = (role: "web" | "worker") => postgres(api.url(role), { max: 1, onnotice: () => {} });
  roles = { web: as("web"), worker: as("worker") };
  await reachTrigger("drawn");
  await drawnWithin(20_000, [api.another("worker")], [(await api.account("drawn")).bonus.drawId]);
});
afterAll(async () => {
  await Promise.all(Object.values(roles).map((sql) => sql.end()));
  await api.close();
});

async function reachTrigger(externalId: string): Promise<string> {
  await api.make("/api/v1/accounts", { externalId, opening: { paid: "10" } });
  await api.send([charge(externalId, "10")]);
  return (await api.account(externalId)).bonus.drawId;
}

describe("a draw", () => {
  let due = "";
  beforeAll(async () => {
    due = await reachTrigger("due");
  });

  /** Changes a draw as the worker, then takes it back: what is asked is whether the database lets it. */
  const change = (id: string, assignments: string) =>
    roles.worker
      .begin(async (tx) => {
        await tx.unsafe(`update draws set ${assignments} where id = '${id}'`);
        throw new Error("allowed");
      })
      .catch((error: Error) => error.message);

  const bound = (ahead: string, more = "") =>
    `state = 'bound', bound_at = clock_timestamp(), beacon = 'local', chain_id = 1, round = 9,
     round_at = clock_timestamp() + interval '${ahead}', reserved = 1${more}`;

  test("is bound only to a round that lies far enough ahead, by the database's own clock", async () => {
    expect(await change(due, bound("4 seconds"))).toBe("allowed");
    for (const ahead of ["2.9 seconds", "0 seconds", "-1 hour"]) {
      expect(await change(due, bound(ahead))).toMatch(/not far enough ahead|draws_future_round/);
    }
    expect(await change(due, bound("91 seconds").replace("beacon = 'local'", "beacon = 'drand'"))).toBe("allowed");
    expect(await change(due, bound("89 seconds").replace("beacon = 'local'", "beacon = 'drand'"))).toMatch(
      /not far enough/,
    );
  });

  test("cannot pretend to have been bound earlier than it was", async () => {
    const backdated = bound("1 second").replace(
      "bound_at = clock_timestamp()",
      "bound_at = clock_timestamp() - interval '1 hour'",
    );
    expect(await change(due, backdated)).toMatch(/not far enough ahead/);
  });

  test("goes forward only: neither drawn before it is bound nor before its round is out", async () => {
    const result = `drawn_at = clock_timestamp() + interval '1 hour', randomness = repeat('0', 64), amount = 1`;
    expect(await change(due, `state = 'drawn', ${result}`)).toMatch(/drawn only once its round is out/);
    expect(await change(due, bound("4 seconds", `, ${result}`).replace("'bound'", "'drawn'"))).toMatch(
      /drawn only once/,
    );
  });

  test("keeps what is fixed", async () => {
    for (const assignment of [
      "id = gen_random_uuid()",
      "beneficiary_id = gen_random_uuid()",
      "trigger_id = gen_random_uuid()",
      "program = 'referral'",
      "terms_id = terms_id + 1",
      "kind = 'referral'",
      "region = 'eu'",
      "due_at = due_at - interval '1 day'",
    ]) {
      expect(await change(due, assignment), assignment).toMatch(/what is fixed stays fixed/);
    }
  });

  test("that is drawn does not change at all, and no draw is deleted, not even by the owner", async () => {
    const { drawId } = (await api.account("drawn")).bonus;
    for (const assignment of ["amount = amount + 1", "randomness = repeat('f', 64)", "state = 'due'", "lane = lane"]) {
      expect(await change(drawId, assignment), assignment).toMatch(/what is fixed stays fixed/);
      await expect(api.owner.unsafe(`update draws set ${assignment} where id = '${drawId}'`)).rejects.toThrow(/fixed/);
    }
    await expect(api.owner`delete from draws where id = ${drawId}`).rejects.toThrow(/kept for ever/);
    await expect(roles.worker`delete from draws where id = ${drawId}`).rejects.toThrow(/permission denied/);
  });

  test("begins due or held, and is the only new-account draw of its account", async () => {
    const insert = (state: string) =>
      roles.web`insert into draws (lane, id, kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id, state, due_at)
                select lane, gen_random_uuid(), kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id, ${state}, now()
                  from draws where id = ${due}`;
    await expect(insert("bound")).rejects.toThrow(/begins due or held/);
    await expect(insert("due")).rejects.toThrow(/draws_one_new_account/);
  });
});

describe("terms", () => {
  const bonus = "program = 'signup-bonus'";

  test.each(["owner", "web", "worker"] as const)("are immutable once published, for the %s too", async (who) => {
    const sql = who === "owner" ? api.owner : roles[who];
    for (const assignment of [
      `parameters = jsonb_set(parameters, '{trigger,amount}', '"1"')`,
      "version = 'other'",
      "effective_from = now()",
      "program = 'mine'",
    ]) {
      await expect(sql.unsafe(`update terms set ${assignment} where ${bonus}`), assignment).rejects.toThrow(
        /immutable/,
      );
    }
  });

  test("are given their end once", async () => {
    const ended = await api.owner.unsafe(
      `update terms set effective_until = now() + interval '1 day' where ${bonus} returning 1`,
    );
    expect(ended).toHaveLength(1);
    await expect(api.owner.unsafe(`update terms set effective_until = null where ${bonus}`)).rejects.toThrow(
      /immutable/,
    );
  });
});

test("a program never reserves or spends past its budget", async () => {
  await api.owner`update program_settings set budget = reserved + spent + 5 where program = 'signup-bonus'`;
  for (const column of ["reserved", "spent"]) {
    const add = (amount: number) =>
      roles.worker`update program_settings set ${roles.worker(column)} = ${roles.worker(column)} + ${amount}
                    where program = 'signup-bonus'`;
    await expect(add(6), column).rejects.toThrow(/program_settings_budget/);
  }
  await api.owner`update program_settings set budget = null where program = 'signup-bonus'`;
});

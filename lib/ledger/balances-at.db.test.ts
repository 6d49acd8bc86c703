import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verify } from "@/lib/ledger/verify/verify";
import { nanos } from "@/lib/money/nanos";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge, voidOf } from "@/lib/testing/usage-events";
import { type Balances, balancesAfter, lastSeqBefore, lastSeqsBefore } from "./balances-at";
import { balanceChange, isCode } from "./chart";

const MINUTE_MS = 60_000;

let api: ApiHarness;
let account: { lane: number; id: string };
const sql = () => api.db.$client;

/** Three thousand postings of every bucket, in an hour of which some minutes were posted by a clock that was behind. */
beforeAll(async () => {
  api = await apiHarness();
  const opening = { promo: "1", earned: "0.5", paid: "3" };
  await api.make("/api/v1/accounts", { externalId: "ada", email: "ada@example.com", opening });
  const [found] = await api.owner<(typeof account)[]>`select lane, id from accounts where external_id = 'ada'`;
  if (!found) throw new Error("The account was not made");
  account = found;
  const services = ["pod", "serverless", "storage"];
  for (let round = 0; round < 12; round += 1) {
    const late = round === 5 ? -20 : 5;
    api.clock.now = new Date(api.clock.now.getTime() + late * MINUTE_MS);
    const events = Array.from({ length: 250 }, (_, index) =>
      charge("ada", index % 50 === 0 ? "0.030000001" : "0.001", { service: services[index % 3] ?? "pod" }),
    );
    await api.send([...events, ...events.filter((_, index) => index % 83 === 0).map(voidOf)]);
    if (round % 3 === 0) await api.make("/api/v1/accounts/ada/deposits", deposit(round));
    if (round % 4 === 0) await api.make("/api/v1/accounts/ada/grants", grant(round));
  }
  const refund = { reference: "back", amount: "0.5", reason: "refund" };
  await api.make("/api/v1/deposits/in-3/reversals", refund);
});
afterAll(() => api.close());

const deposit = (round: number) => ({ reference: `in-${round}`, amount: "2.5", method: "card" });
const grant = (round: number) => ({ reference: `g-${round}`, bucket: "promo", amount: "0.75", reason: "Test" });

interface EntryRow {
  seq: string;
  code: string;
  direction: "debit" | "credit";
  amount: string;
  at: Date;
}

const allEntries = () => api.owner<EntryRow[]>`
  select seq, code, direction, amount, at from ledger_entries where account_id = ${account.id} order by seq, no`;

/** Adds up everything from the first posting, as nobody would want to on a screen. */
async function addedUp(): Promise<Map<bigint, Balances>> {
  const after = new Map<bigint, Balances>([[0n, new Map()]]);
  let balances: Balances = new Map();
  for (const { seq, code, direction, amount } of await allEntries()) {
    if (!isCode(code)) throw new Error(`${code} is not in the chart`);
    const change = balanceChange(code, direction, nanos(BigInt(amount)));
    balances = new Map([...balances, [code, nanos((balances.get(code) ?? 0n) + change)]]);
    after.set(BigInt(seq), balances);
  }
  return after;
}

const plain = (balances: Balances | undefined) =>
  Object.fromEntries([...(balances ?? [])].filter(([, amount]) => amount !== 0n).sort());

describe("balances of any time", () => {
  test("are the sum of the entries up to each posting, asked for alone or together", async () => {
    const expected = await addedUp();
    const last = BigInt(expected.size - 1);
    expect(last).toBeGreaterThan(3_000n);
    const seqs = [0n, 1n, 2n, 511n, 1_023n, 1_024n, 1_025n, 1_600n, 2_047n, 2_500n, 2_501n, last - 1n, last];
    const together = await balancesAfter(sql(), account, seqs.toReversed());
    for (const seq of seqs) {
      expect(plain(together.get(seq)), `posting ${seq}`).toEqual(plain(expected.get(seq)));
      const alone = await balancesAfter(sql(), account, [seq]);
      expect(plain(alone.get(seq)), `posting ${seq} alone`).toEqual(plain(expected.get(seq)));
    }
  });

  test("rest on marks, one for each thousand postings or so, that verify can find wrong", async () => {
    const marks = await api.owner`select seq from balance_marks where account_id = ${account.id} order by seq`;
    expect(marks.length).toBeGreaterThanOrEqual(2);
    expect(marks.length).toBeLessThanOrEqual(4);
    const seq = String(marks[0]?.seq);
    const differing = async () => (await verify(api.db)).differences.map(({ what }) => what);
    await bend(seq, 1);
    try {
      expect(await differing()).toContainEqual(`mark ${account.id}.${seq} promo`);
    } finally {
      await bend(seq, -1);
    }
    expect(await differing()).toEqual([]);
  });

  test("rest on marks that verify finds right where nothing but free usage came since", async () => {
    await api.make("/api/v1/accounts", { externalId: "free", opening: { paid: "1" } });
    api.clock.now = new Date(api.clock.now.getTime() + MINUTE_MS);
    const opened = api.clock.now;
    await api.send(Array.from({ length: 1_100 }, () => charge("free", "0")));
    const marks = await api.owner`
      select m.through from balance_marks m join accounts a on a.id = m.account_id where a.external_id = 'free'`;
    expect(marks).toEqual([{ through: opened }]);
    expect((await verify(api.db)).differences).toEqual([]);
  });

  test("end, for an instant, before the first posting of that instant or later, whatever the clocks said", async () => {
    const entries = await allEntries();
    const instants = [...new Set(entries.map(({ at }) => at.getTime()))].sort((a, b) => a - b);
    const asked = instants.flatMap((at) => [at, at + 1]).map((at) => new Date(at));
    const found = await lastSeqsBefore(sql(), account, asked);
    for (const [index, at] of asked.entries()) {
      const first = entries.find((entry) => entry.at >= at);
      const last = entries.at(-1)?.seq ?? "0";
      expect(found[index], at.toISOString()).toBe(first ? BigInt(first.seq) - 1n : BigInt(last));
    }
    expect(await lastSeqBefore(sql(), account, new Date(0))).toBe(0n);
  });
});

/** Changes a mark as nobody may: as the database's owner, its triggers off. */
async function bend(seq: string, by: number): Promise<void> {
  await api.owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    const { count } = await tx`
      update balance_marks
         set balances = balances || jsonb_build_object('promo', ((balances ->> 'promo')::bigint + ${by}::bigint)::text)
       where account_id = ${account.id} and seq = ${seq}`;
    expect(count).toBe(1);
  });
}

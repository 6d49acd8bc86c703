import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { drandRoundTime } from "@/lib/programs/quicknet";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";

import { charge } from "@/lib/testing/usage-events";
import { centsFrom, PublishedDrandDraw } from "./testing/drand-draw";
import { recordedRounds, unlessRecorded } from "./testing/recorded-rounds";
import { honest, late, openRelay, type Relay } from "./testing/relay";

let api: ApiHarness;
let relays: [Relay, Relay];

beforeAll(async () => {
  api = await apiHarness();
  relays = [await openRelay(late), await openRelay(late)];
  vi.stubEnv("BEACON", "drand");
  vi.stubEnv("DRAND_RELAYS", relays.map(({ url }) => url).join());
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  for (const relay of relays) relay.behave(late);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await Promise.all([...relays.map((relay) => relay.close()), api.close()]);
});

async function reachTrigger(externalId: string): Promise<string> {
  await api.make("/api/v1/accounts", { externalId, opening: { paid: "10" } });
  await api.send([charge(externalId, "10")]);
  return (await api.account(externalId)).bonus.drawId;
}

const published = async (drawId: string) =>
  PublishedDrandDraw.parse((await api.call("GET", `/api/v1/draws/${drawId}`, { key: null })).body);

test("a due draw is bound to the first round that comes out 92 seconds later, by the database's clock", async () => {
  const drawId = await reachTrigger("binds");
  const { bound, drawn } = await api.sweep();
  expect({ bound, drawn }).toEqual({ bound: 1, drawn: 0 });
  const { state, boundAt, beacon, amount } = await published(drawId);
  expect({ state, amount }).toEqual({ state: "bound", amount: null });
  expect(beacon).toMatchObject({ name: "drand", randomness: null, signature: null, anchor: null, distance: null });
  const roundAt = Date.parse(beacon?.roundAt ?? "");
  expect(roundAt).toBe(drandRoundTime(beacon?.round ?? 0));
  const ahead = roundAt - Date.parse(boundAt ?? "");
  expect(ahead).toBeGreaterThanOrEqual(92_000);
  expect(ahead).toBeLessThan(95_000);
  expect(relays[0].asked()).toBe(0);
});

test("a round of a draw's own beacon is awaited though another beacon is chosen meanwhile", async () => {
  const drawId = await reachTrigger("switches");
  await api.sweep();
  const before = await published(drawId);
  vi.stubEnv("BEACON", "local");
  await api.sweep();
  vi.stubEnv("BEACON", "drand");
  expect(before.beacon?.name).toBe("drand");
  expect(await published(drawId)).toEqual(before);
});

describe.skipIf(!recordedRounds)(`when the round is out${unlessRecorded}`, () => {
  const rounds = recordedRounds?.rounds ?? [];
  const [round, other] = rounds;
  if (!round || !other) return;

  /** Puts a draw where it would be if it had been bound before a round of long ago, which no process may. */
  async function boundTo(drawId: string, number: number): Promise<void> {
    const roundAt = drandRoundTime(number);
    await api.owner.begin(async (sql) => {
      await sql`alter table draws disable trigger draws_forward`;
      await sql`
        update draws set state = 'bound', beacon = 'drand', round = ${number}, reserved = 500000000000,
               bound_at = to_timestamp(${(roundAt - 92_000) / 1_000}), round_at = to_timestamp(${roundAt / 1_000})
         where id = ${drawId}`;
      await sql`update program_settings set reserved = reserved + 500000000000 where program = 'signup-bonus'`;
      await sql`alter table draws enable trigger draws_forward`;
    });
  }

  const forged = () => {
    const signature = `${round.signature.slice(0, -1)}${round.signature.endsWith("0") ? "1" : "0"}`;
    return { ...round, signature, randomness: bytesToHex(sha256(hexToBytes(signature))) };
  };

  test("the draw waits while relays are late, false or garbled, and is drawn once one is honest", async () => {
    const drawId = await reachTrigger("waits");
    await boundTo(drawId, round.round);
    const before = await published(drawId);
    const bad = [
      late,
      () => ({ body: JSON.stringify(forged()) }),
      () => ({ body: JSON.stringify(other) }),
      () => ({ body: "not a round" }),
    ];
    for (const behaviour of bad) {
      for (const relay of relays) relay.behave(behaviour);
      expect((await api.sweep()).drawn).toBe(0);
      expect(await published(drawId)).toEqual(before);
    }
    relays[1].behave(honest(rounds));
    expect((await api.sweep()).drawn).toBe(1);

    const drawn = await published(drawId);
    expect(drawn.state).toBe("drawn");
    expect(drawn.beacon).toEqual({ ...before.beacon, randomness: round.randomness, signature: round.signature });
    const cents = centsFrom(drawn);
    expect(Number(drawn.amount)).toBe(cents / 100);
    const { bonus, wallet } = await api.account("waits");
    expect([bonus.state, Number(bonus.amount), Number(wallet.promo)]).toEqual(["drawn", cents / 100, cents / 100]);
  });

  test("draws that share a round ask for it once and draw different numbers from it", async () => {
    const ids = [await reachTrigger("shares-1"), await reachTrigger("shares-2")];
    for (const id of ids) await boundTo(id, other.round);
    relays[0].behave(honest(rounds));
    const before = relays[0].asked();
    expect((await api.sweep()).drawn).toBe(2);
    expect(relays[0].asked()).toBe(before + 1);
    for (const id of ids) {
      const drawn = await published(id);
      expect(drawn.beacon?.signature).toBe(other.signature);
      expect(Number(drawn.amount)).toBe(centsFrom(drawn) / 100);
    }
  });

  test("nothing is drawn twice, however many sweep at once", async () => {
    const drawId = await reachTrigger("once");
    await boundTo(drawId, round.round);
    relays[0].behave(honest(rounds));
    await Promise.all([api.sweep(), api.sweep(), api.sweep(), api.sweep()]);
    const [postings] = z
      .array(z.object({ count: z.number() }))
      .parse(await api.owner`select count(*)::int from postings where kind = 'bonus' and cause like ${`%${drawId}%`}`);
    expect(postings?.count).toBe(1);
  });
});

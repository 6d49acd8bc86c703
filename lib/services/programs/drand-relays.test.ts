import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { DrandRound } from "@/lib/programs/quicknet";
import { askRelays } from "./drand-relays";
import { recordedRounds, unlessRecorded } from "./testing/recorded-rounds";
import { type Behaviour, honest, late, openRelay, type Relay } from "./testing/relay";

/** Long for a relay on this machine that answers, short for one that hangs. */
const PATIENCE_MS = 2_000;

describe.skipIf(!recordedRounds)(`a round asked of relays${unlessRecorded}`, () => {
  const rounds = recordedRounds?.rounds ?? [];
  const [round, other] = rounds;
  if (!round || !other) return;
  const says =
    (answer: Partial<DrandRound>): Behaviour =>
    () => ({ body: JSON.stringify({ ...round, ...answer }) });
  const bent = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith("0") ? "1" : "0"}`;
  const agreeing = (signature: string) => ({ signature, randomness: bytesToHex(sha256(hexToBytes(signature))) });

  const bad: [string, Behaviour][] = [
    ["is late", late],
    ["fails", () => ({ status: 500, body: "{}" })],
    ["hangs", "hangs"],
    ["stops half way", "stops half way"],
    ["bends the signature", says({ signature: bent(round.signature) })],
    ["bends the randomness", says({ randomness: bent(round.randomness) })],
    ["bends the signature and the randomness with it", says(agreeing(bent(round.signature)))],
    ["gives another round", () => ({ body: JSON.stringify(other) })],
    ["gives another round under this one's number", says(agreeing(other.signature))],
    ["gives no JSON", () => ({ body: '{"round": 10' })],
    ["gives JSON that is no round", () => ({ body: "[]" })],
    ["gives a page of text", () => ({ body: "<html>".repeat(1_000_000) })],
    ["gives round numbers as text", () => ({ body: JSON.stringify({ ...round, round: String(round.round) }) })],
    ["sends elsewhere", () => ({ status: 302, body: "" })],
  ];

  let good: Relay;
  let other1: Relay;
  beforeAll(async () => {
    [good, other1] = await Promise.all([openRelay(honest(rounds)), openRelay(late)]);
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => good.behave(honest(rounds)));
  afterAll(async () => {
    vi.restoreAllMocks();
    await Promise.all([good.close(), other1.close()]);
  });

  test("comes from the first, and no other is asked", async () => {
    const before = other1.asked();
    expect(await askRelays([good.url, other1.url], PATIENCE_MS)(round.round)).toEqual(round);
    expect(other1.asked()).toBe(before);
  });

  test.each(bad)("is had from the next where one %s, and not at all where all do", async (_, behaviour) => {
    other1.behave(behaviour);
    expect(await askRelays([other1.url, good.url], PATIENCE_MS)(round.round)).toEqual(round);
    good.behave(behaviour);
    expect(await askRelays([other1.url, good.url], PATIENCE_MS)(round.round)).toBeNull();
  });

  test("is not had from a relay that is not there", async () => {
    const gone = await openRelay(late);
    await gone.close();
    expect(await askRelays([gone.url], PATIENCE_MS)(round.round)).toBeNull();
    expect(await askRelays([gone.url, good.url], PATIENCE_MS)(round.round)).toEqual(round);
  });

  test("is waited for once per relay and pass, however many rounds are asked for", async () => {
    other1.behave("hangs");
    const before = other1.asked();
    const ask = askRelays([other1.url, good.url], PATIENCE_MS);
    for (const { round: number } of [...rounds, ...rounds]) expect((await ask(number))?.round).toBe(number);
    expect(other1.asked()).toBe(before + 1);
  });
});

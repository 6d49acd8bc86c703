import { expect, test } from "vitest";
import {
  holdOf,
  LINK_SIGN_UPS_MAX,
  LINK_SIGN_UPS_WINDOW_MS,
  refusedFor,
  refusedReason,
  type SuspicionFacts,
} from "./suspicion";

const start = Date.parse("2026-03-01T09:00:00.000Z");

const plain: SuspicionFacts = {
  isImported: false,
  usesDisposableMail: false,
  clusterMateId: null,
  samePayerId: null,
  pair: null,
  signedUpAtMs: start,
  linkSignUpsMs: [],
};

const reasonOf = (facts: Partial<SuspicionFacts>) => holdOf({ ...plain, ...facts })?.reason ?? null;
/** `count` sign-ups, a minute apart. */
const minutes = (from: number, count: number) => Array.from({ length: count }, (_, minute) => from + minute * 60_000);

test("an account with nothing to it is not held", () => {
  expect(holdOf(plain)).toBeNull();
});

test("the strongest sign is the reason, and names the other account", () => {
  const all = { clusterMateId: "mate", samePayerId: "payer", usesDisposableMail: true };
  expect(holdOf({ ...plain, ...all })).toEqual({ reason: "cluster", otherId: "mate", isRefused: false });
  expect(holdOf({ ...plain, ...all, clusterMateId: null })).toMatchObject({
    reason: "payment_fingerprint",
    otherId: "payer",
  });
  expect(reasonOf({ usesDisposableMail: true })).toBe("disposable_email");
});

test("what was said of a pair goes for the bonuses that come of it, a refusal too", () => {
  const pair = { reason: "cluster", referrerId: "referrer" } as const;
  expect(holdOf({ ...plain, pair: { ...pair, state: "held" } })).toEqual({
    reason: "cluster",
    otherId: "referrer",
    isRefused: false,
  });
  expect(holdOf({ ...plain, pair: { ...pair, state: "refused" } })?.isRefused).toBe(true);
});

test("ten sign-ups through one link in a day pass, the eleventh and every one beside it do not", () => {
  const others = minutes(start + 60_000, LINK_SIGN_UPS_MAX);
  expect(reasonOf({ linkSignUpsMs: others.slice(1) })).toBeNull();
  expect(reasonOf({ linkSignUpsMs: others })).toBe("velocity");
  const before = minutes(start - 4 * 60_000, 4);
  expect(reasonOf({ linkSignUpsMs: [...before, ...others.slice(0, 6)] })).toBe("velocity");
  expect(reasonOf({ linkSignUpsMs: [...before, ...others.slice(0, 5)] })).toBeNull();
});

test("eleven sign-ups a whole day apart from first to last pass", () => {
  const others = minutes(start + 60_000, LINK_SIGN_UPS_MAX - 1);
  expect(reasonOf({ linkSignUpsMs: [...others, start + LINK_SIGN_UPS_WINDOW_MS] })).toBeNull();
  expect(reasonOf({ linkSignUpsMs: [...others, start + LINK_SIGN_UPS_WINDOW_MS - 1] })).toBe("velocity");
});

test("a burst before or after the sign-up is not its own", () => {
  const burst = minutes(start - 3 * LINK_SIGN_UPS_WINDOW_MS, LINK_SIGN_UPS_MAX + 1);
  expect(reasonOf({ linkSignUpsMs: burst })).toBeNull();
});

test("what an operator's key imported is not held for velocity or mail domain, but for who paid", () => {
  const imported = { isImported: true, usesDisposableMail: true, linkSignUpsMs: minutes(start, 20) };
  expect(reasonOf(imported)).toBeNull();
  expect(reasonOf({ ...imported, samePayerId: "payer" })).toBe("payment_fingerprint");
});

test("a refusal is told from a hold by the draw's row alone", () => {
  expect(refusedFor(refusedReason("velocity"))).toBe("velocity");
  expect(refusedFor("velocity")).toBeNull();
  expect(refusedFor(null)).toBeNull();
});

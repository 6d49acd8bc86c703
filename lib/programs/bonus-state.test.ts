import { expect, test } from "vitest";
import { bonusStateOf } from "./bonus-state";
import { refusedReason } from "./suspicion";

const of = (state: "due" | "held" | "queued" | "bound" | "drawn", heldReason: string | null = null) =>
  bonusStateOf({ draw: { state, heldReason }, isPosted: state === "drawn" ? true : null, notEligible: null });

test("a bonus that nothing reached is locked, one that cannot come says why", () => {
  expect(bonusStateOf({ draw: null, isPosted: null, notEligible: null })).toEqual({ state: "locked", reason: null });
  const imported = { draw: null, isPosted: null, notEligible: "imported" };
  expect(bonusStateOf(imported)).toEqual({ state: "not_eligible", reason: "imported" });
});

test("a draw in the queue is due until something is in its way, and then says what", () => {
  expect(of("queued")).toEqual({ state: "due", reason: null });
  expect(of("queued", "budget")).toEqual({ state: "queued", reason: "budget" });
  expect(of("queued", "paused")).toEqual({ state: "queued", reason: "paused" });
});

test("a held bonus says why; refused, it is not for this account", () => {
  expect(of("held", "velocity")).toEqual({ state: "held", reason: "velocity" });
  expect(of("held", refusedReason("velocity"))).toEqual({ state: "not_eligible", reason: "velocity" });
});

test("a referrer's bonus beyond what its terms give is not to come", () => {
  expect(of("held", "cap")).toEqual({ state: "not_eligible", reason: "cap" });
});

test("a bonus that is not posted waits for its pair's review, and a refused pair's never comes", () => {
  const taken = { draw: { state: "drawn" as const, heldReason: null }, isPosted: false, notEligible: null };
  const hold = (state: "held" | "refused") => bonusStateOf({ ...taken, hold: { state, reason: "cluster" } });
  expect(hold("held")).toEqual({ state: "held", reason: "cluster" });
  expect(hold("refused")).toEqual({ state: "not_eligible", reason: "cluster" });
});

test("a bonus that stands is drawn, one that does not is taken back", () => {
  expect(of("drawn").state).toBe("drawn");
  const taken = { draw: { state: "drawn" as const, heldReason: null }, isPosted: false, notEligible: null };
  expect(bonusStateOf(taken).state).toBe("taken_back");
});

import { basisPoints } from "@/lib/money/accrual";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import { type AccountPins, type AccountState, nothingByService, services } from "@/lib/programs/account";
import { noEffects } from "@/lib/programs/effects";
import { applyUsage, type Usage } from "@/lib/programs/usage";

/** What the engine must keep up with on one core, so that it is never the bottleneck. */
const TARGET_PER_SECOND = 300_000;
const ACCOUNTS = 1_000;
/** Events of one account that are gathered before their effects are written. */
const BATCH = 50;
const EVENTS = 1_000_000;
const ROUNDS = 5;

interface Customer {
  pins: AccountPins;
  state: AccountState;
}

const rates = { pod: basisPoints(300), serverless: basisPoints(500), storage: basisPoints(0) };
const template = { template: "tpl", creatorId: "creator", rate: basisPoints(100), provenance: "paid" as const };

/** An account as most are that matter: referred, with every kind of credit, and its trigger ahead. */
function customer(index: number): Customer {
  const pins: AccountPins = {
    accountId: `account-${index}`,
    bonusTrigger: { kind: "spend", amount: nanos(10_000_000_000n), service: null },
    milestoneTrigger: { kind: "spend", amount: nanos(1_000_000_000_000n), service: "serverless" },
    commission: { windowEndMs: Date.UTC(2027, 5, 1), rates, provenance: "paid" },
  };
  const state: AccountState = {
    seq: 0n,
    promo: nanos(1_000_000_000n),
    earned: nanos(500_000_000n),
    market: ZERO,
    paidNet: nanos(20_000_000_000n),
    charged: nothingByService(),
    spent: nothingByService(),
    base: nothingByService(),
    promoHeld: ZERO,
    debt: ZERO,
    bonusReached: false,
    bonus: null,
    milestone: null,
  };
  return { pins, state };
}

/** Usage of all services, of every third event on a template, over some days. */
function usages(count: number): Usage[] {
  const start = Date.UTC(2026, 10, 1);
  return Array.from({ length: count }, (_, index): Usage => {
    const service = services[index % services.length] ?? "pod";
    return {
      service,
      endedAtMs: start + index * 1_000,
      template: index % 3 === 0 ? template : null,
      charge: nanos(BigInt((index * 7_919) % 40_000_000)),
      durationMs: 60_000n,
    };
  });
}

/** Runs every event once. @returns events a second, and the sum of charges as the accounts know it. */
function round(events: readonly Usage[]): { perSecond: number; charged: Nanos } {
  const customers = Array.from({ length: ACCOUNTS }, (_, index) => customer(index));
  const began = process.cpuUsage();
  let at = 0;
  while (at < events.length) {
    const each = customers[(at / BATCH) % ACCOUNTS];
    if (!each) throw new Error("Nobody to charge");
    const effects = noEffects();
    for (const end = Math.min(at + BATCH, events.length); at < end; at += 1) {
      const usage = events[at];
      if (usage) applyUsage(each.state, each.pins, usage, effects);
    }
  }
  const { user, system } = process.cpuUsage(began);
  let charged = 0n;
  for (const { state } of customers) charged += state.charged.pod + state.charged.serverless + state.charged.storage;
  return { perSecond: Math.round((events.length * 1e6) / (user + system)), charged: nanos(charged) };
}

/** Prints how many events a second of one core the pure rules judge; fails below the target. */
function main(): void {
  const events = usages(EVENTS);
  const expected = events.reduce((sum, { charge }) => sum + charge, 0n);
  const found = Array.from({ length: ROUNDS }, () => round(events));
  if (found.some(({ charged }) => charged !== expected)) throw new Error("The accounts were not charged what was used");
  const speeds = found.map(({ perSecond }) => perSecond).sort((a, b) => a - b);
  const median = speeds[Math.floor(speeds.length / 2)] ?? 0;
  const text = (speed: number) => speed.toLocaleString("en-US");
  console.log(
    `The pure engine: ${text(median)} events a second of one core (median of ${ROUNDS} rounds of ${text(EVENTS)}; ` +
      `${text(speeds[0] ?? 0)} to ${text(speeds.at(-1) ?? 0)}), ${text(TARGET_PER_SECOND)} asked for`,
  );
  if (median < TARGET_PER_SECOND) process.exitCode = 1;
}

main();

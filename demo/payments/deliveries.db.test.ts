import { asc, eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Db } from "@/db/client";
import { wallets } from "@/db/schema/accounts";
import { deposits, paymentEvents, reversals } from "@/db/schema/funds";
import { postings } from "@/db/schema/ledger";
import { verify } from "@/lib/ledger/verify/verify";
import { endWithNotices } from "@/lib/live/notify";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import type { NamedAccount } from "@/lib/services/operators/name-account";
import { ingest } from "@/lib/services/usage/ingest";
import { Dice } from "@/lib/testing/dice";
import { charge } from "@/lib/testing/usage-events";
import { openPayRoom, type PayRoom, type Told } from "./testing/pay-room";

const DELIVERIES = process.env.FULL ? 10_000 : 600;
const ACCOUNTS = process.env.FULL ? 60 : 8;
/** Deliveries under way at the same time. */
const AT_ONCE = 8;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let room: PayRoom;
let accounts: NamedAccount[];
/** The same accounts in a database of their own, where everything came once and in order. */
let truth: Db;
let close: () => Promise<void>;

beforeAll(async () => {
  room = await openPayRoom();
  accounts = [];
  for (let number = 0; number < ACCOUNTS; number += 1) accounts.push(await room.customer());
  await endWithNotices(room.ctx.db);
  const { hostname, port, username, password, pathname } = new URL(room.database.url("owner"));
  const name = pathname.slice(1);
  const admin = postgres({ host: hostname, port: Number(port), username, password, database: "postgres", max: 1 });
  await admin.unsafe(`create database ${name}_truth template ${name}`);
  const at = (database: string) => new URL(`/${database}`, room.database.url("web")).href;
  truth = connect({ url: at(`${name}_truth`), connectionsMax: 4 });
  room.ctx.db = connect({ url: at(name), connectionsMax: AT_ONCE });
  close = async () => {
    await endWithNotices(truth);
    await admin.unsafe(`drop database ${name}_truth with (force)`);
    await admin.end();
  };
});

afterAll(async () => {
  const differences = (await verify(truth)).differences;
  await close();
  expect([...differences, ...(await room.close())]).toEqual([]);
});

/** Makes payments and what becomes of them, kept back, until they are told by so many events. */
async function trueHistory(dice: Dice, eventsMin: number): Promise<Told[]> {
  await room.service.webhooks.deliver("late");
  let told: Told[] = [];
  while (told.length < eventsMin) {
    for (let round = 0; round < 20; round += 1) {
      const cents = 500 + dice.below(5_000);
      const payment = await room.pay(
        dice.pick(accounts),
        `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`,
      );
      await happens(dice, payment, cents);
    }
    told = await room.told();
  }
  return told;
}

async function happens(dice: Dice, payment: string, cents: number): Promise<void> {
  let left = cents;
  for (let refunds = dice.below(4); refunds > 0 && left > 200; refunds -= 1) {
    const part = 100 + dice.below(left - 100);
    const amount = `${Math.floor(part / 100)}.${String(part % 100).padStart(2, "0")}`;
    const pending: Record<string, string> = dice.chance(40) ? { pending: "yes" } : {};
    const refund = await room.press(`${payment}/refund`, { amount, ...pending });
    left -= part;
    if (dice.chance(50)) await room.press(`refunds/${refund}/settle`);
    if (dice.chance(30)) {
      await room.press(`refunds/${refund}/fail`);
      left += part;
    }
  }
  if (dice.chance(40)) {
    const dispute = await room.press(`${payment}/dispute`);
    if (dice.chance(50)) await room.press(`disputes/${dispute}/evidence`);
    if (dice.chance(75)) await room.press(`disputes/${dispute}/${dice.pick(["win", "lose"])}`);
  }
}

/** What the ledger says of the money of every account, whatever the order it was said in. */
async function ledgerOf(db: Db) {
  const said: unknown[] = [];
  for (const { id } of accounts) {
    const [wallet] = await db.select().from(wallets).where(eq(wallets.accountId, id));
    if (!wallet) throw new Error("no wallet");
    const { paidNet, deposited, promo, earned, debt, spentPod, basePod, chargedPod } = wallet;
    const posted = await db
      .select({ cause: postings.cause, kind: postings.kind, amount: postings.amount })
      .from(postings)
      .where(eq(postings.accountId, id))
      .orderBy(asc(postings.cause));
    said.push({ id, paidNet, deposited, promo, earned, debt, spentPod, basePod, chargedPod, posted });
  }
  const { reference, amount, reason, depositReference } = reversals;
  return {
    said,
    deposits: await db
      .select({ reference: deposits.reference, amount: deposits.amount, accountId: deposits.accountId })
      .from(deposits)
      .orderBy(asc(deposits.reference)),
    reversals: await db.select({ reference, amount, reason, depositReference }).from(reversals).orderBy(asc(reference)),
  };
}

/** The context of a process that dies when it begins a transaction, after some that it finished. */
function dyingAfter(transactions: number): PaymentContext {
  let left = transactions;
  const db = new Proxy(room.ctx.db, {
    get(target, name) {
      if (name === "transaction" && left-- <= 0) return () => Promise.reject(new Error("power cut"));
      return Reflect.get(target, name);
    },
  });
  return { ...room.ctx, db };
}

test(`${DELIVERIES} deliveries, shuffled, doubled, delayed and dropped and sent again, give the ledger of the true history`, {
  timeout: 3_600_000,
}, async () => {
  const dice = new Dice(seed);
  console.info(`deliveries: SEED=${seed}`);
  const events = await trueHistory(dice, Math.ceil(DELIVERIES / 2.5));
  // Usage that the money pays for, the same in both, at the same places of the true history or of the chaos.
  const usage = accounts.flatMap(({ externalId }) =>
    Array.from({ length: 6 }, () => charge(externalId, String(1 + dice.below(30)))),
  );

  for (const [place, event] of events.entries()) {
    if (place % 10 === 0) await ingest({ ...room.ctx, db: truth }, usage.slice(place / 10, place / 10 + 1));
    expect(await room.deliver(event, { ...room.ctx, db: truth })).toMatchObject({ ok: true, created: true });
  }
  await ingest({ ...room.ctx, db: truth }, usage);

  // Every event once at least, some twice or three times; each has a place of its own, near or far.
  const deliveries = events.flatMap((event) => {
    const copies = dice.pick([1, 1, 2, 3, 3]);
    return Array.from({ length: copies }, () => ({ event, rank: dice.below(1_000_000), dropped: dice.chance(15) }));
  });
  while (deliveries.length < DELIVERIES) {
    deliveries.push({ event: dice.pick(events), rank: dice.below(1_000_000), dropped: false });
  }
  deliveries.sort((a, b) => a.rank - b.rank);
  const again: Told[] = [];
  let made = 0;
  let cut = 0;
  const send = async (event: Told, dropped: boolean): Promise<void> => {
    made += 1;
    if (!dropped) {
      expect(await room.deliver(event)).toMatchObject({ ok: true });
      return;
    }
    const dying = dyingAfter(dice.below(3));
    await room.deliver(event, dying).catch((error: Error) => {
      expect(error.message).toBe("power cut");
      cut += 1;
    });
    again.push(event);
  };
  for (let first = 0; first < deliveries.length; first += AT_ONCE) {
    const batch = deliveries.slice(first, first + AT_ONCE);
    await Promise.all([
      ...batch.map(({ event, dropped }) => send(event, dropped)),
      ingest(room.ctx, usage.slice(first / AT_ONCE, first / AT_ONCE + 1)),
    ]);
    // What was dropped comes again some time later.
    while (again.length > 20) {
      const event = again.shift();
      if (event) await send(event, false);
    }
  }
  for (const event of again) await send(event, false);
  await ingest(room.ctx, usage);

  const found = await ledgerOf(room.ctx.db);
  expect({ seed, ...found }).toEqual({ seed, ...(await ledgerOf(truth)) });
  expect(await room.ctx.db.select().from(paymentEvents)).toHaveLength(events.length);
  expect(made).toBeGreaterThanOrEqual(DELIVERIES);
  expect(cut).toBeGreaterThan(0);
  const kinds = new Set(found.reversals.map(({ reason }) => reason));
  expect([...kinds].toSorted()).toEqual(["chargeback", "dispute_won", "refund", "refund_failed"]);
  const posted = found.deposits.length + found.reversals.length;
  console.info(`deliveries: ${made} of ${events.length} events, ${cut} cut short, ${posted} postings`);
});

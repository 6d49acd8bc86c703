import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { decimal } from "@/lib/testing/model/rules";
import { expectedAccount, expectedBonus } from "@/lib/testing/model-view";
import {
  BONUS,
  CUSTOMER,
  type Operation,
  type Order,
  PAY,
  type PlayedOrder,
  REFERRER,
  REFUND,
  sensibleOrders,
  spendOf,
} from "@/lib/testing/orders";
import { charge, voidOf } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

const LENGTH = 7;
const count = process.env.FULL ? 1_000 : 60;
/** Orders played at the same time. */
const TOGETHER = 4;

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await steps.drawExactly(Number(BONUS / 10_000_000n));
});
afterAll(() => api.close());

/** One order, played through the API by a customer of its own and its referrer. */
class ApiOrder {
  readonly customer: string;
  readonly referrer: string;
  readonly #events = new Map<number, ReturnType<typeof charge>>();

  constructor(
    readonly order: Order,
    readonly all: PlayedOrder,
    number: number,
  ) {
    this.referrer = `o${number}`;
    this.customer = `o${number}.customer`;
  }

  async play(from: number, to: number): Promise<void> {
    if (from === 0) await steps.openPair(this.referrer, [this.customer]);
    for (let at = from; at < to; at += 1) {
      const operation = this.order[at];
      if (operation) await this.#play(operation, this.all.subjects[at] ?? 0, at);
    }
  }

  async #play(operation: Operation, subject: number, at: number): Promise<void> {
    const deposit = `${this.customer}.d${subject}`;
    if (operation === "pay") {
      const body = { reference: deposit, amount: decimal(PAY), method: "card" };
      await api.make(`/api/v1/accounts/${this.customer}/deposits`, body);
    } else if (operation === "spend") {
      const { service, charge: amount } = spendOf(subject);
      const event = charge(this.customer, decimal(amount), { service });
      this.#events.set(subject, event);
      await steps.accept([event]);
    } else if (operation === "void") {
      const event = this.#events.get(subject);
      if (event) await steps.accept([voidOf(event)]);
    } else if (operation !== "bonus drawn") {
      const reason = operation === "won" ? "dispute_won" : operation;
      const amount = operation === "refund" ? { amount: decimal(REFUND) } : {};
      const body = { reference: `${this.customer}.${at}`, reason, ...amount };
      await api.make(`/api/v1/deposits/${deposit}/reversals`, body);
    }
  }

  /** Both sides are the model's, as of the last sweep. */
  async compare(): Promise<void> {
    const { books } = this.all.model;
    for (const [name, found] of [
      [CUSTOMER, await api.account(this.customer)],
      [REFERRER, await api.account(this.referrer)],
    ] as const) {
      const { states, amount } = expectedBonus(books, books.account(name));
      const expected = { ...expectedAccount(books, books.account(name)) };
      expect({ order: this.order, name, ...found }).toMatchObject({ order: this.order, name, ...expected });
      expect(states).toContain(found.bonus.state);
      expect(found.bonus.amount).toBe(amount);
    }
  }
}

async function each(orders: readonly ApiOrder[], act: (order: ApiOrder) => Promise<void>): Promise<void> {
  for (let first = 0; first < orders.length; first += TOGETHER) {
    await Promise.all(orders.slice(first, first + TOGETHER).map(act));
  }
}

test(`${count} of the orders of ${LENGTH} operations leave both sides' books as the reference model computes them`, {
  timeout: 1_800_000,
}, async () => {
  const every = [...sensibleOrders(LENGTH)].filter(({ order }) => order.length === LENGTH);
  const chosen = Array.from({ length: count }, (_, index) => every[Math.floor(((index + 0.5) * every.length) / count)]);
  const orders = chosen.flatMap((each, index) => (each ? new ApiOrder(each.order, each.all, index) : []));
  console.info(`orders through the API: ${orders.length} of ${every.length} of ${LENGTH} operations`);
  // A sweep binds whatever is due: orders that draw at the same place go together, those that never draw go first.
  for (let place = 0; place <= LENGTH; place += 1) {
    const drawAt = place === 0 ? LENGTH : place;
    const some = orders.filter(({ order }) => order.indexOf("bonus drawn") === (place === 0 ? -1 : place));
    if (some.length === 0) continue;
    await each(some, (order) => order.play(0, drawAt));
    if (place > 0) {
      const due = await Promise.all(some.map(({ customer }) => steps.drawsOf(customer)));
      await drawnWithin(
        60_000,
        [api],
        due.flat().map(({ id }) => id),
      );
      await each(some, (order) => order.play(drawAt + 1, LENGTH));
    }
    await api.sweep();
    for (const { all } of some) all.model.happen({ kind: "swept", atMs: api.clock.now.getTime() });
    await each(some, (order) => order.compare());
  }
});

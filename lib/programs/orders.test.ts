import { expect, test } from "vitest";
import { accrue } from "@/lib/money/accrual";
import { nanos } from "@/lib/money/nanos";
import { AccountBooks, commissionRates, type Happening } from "@/lib/testing/account-books";
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
import { totalOf } from "./account";

const LENGTH_MAX = 7;

/** What the engine is told of an operation; a chargeback and its dispute move whatever the model says was open. */
function happeningOf(operation: Operation, subject: number, moved: bigint): Happening {
  if (operation === "pay") return { kind: "deposit", amount: nanos(PAY) };
  if (operation === "void") return { kind: "void", key: subject };
  if (operation === "bonus drawn") return { kind: "drawn", amount: nanos(BONUS) };
  if (operation === "refund") return { kind: "reversal", amount: nanos(REFUND) };
  if (operation === "chargeback") return { kind: "reversal", amount: nanos(moved) };
  if (operation === "won") return { kind: "deposit", amount: nanos(moved) };
  const { service, charge } = spendOf(subject);
  const usage = { service, charge: nanos(charge), endedAtMs: 0, durationMs: 0n, template: null };
  return { kind: "usage", key: subject, usage };
}

function engineBooks(order: Order, all: PlayedOrder): AccountBooks {
  const reversals = all.model.history.flatMap((each) => (each.kind === "reversal" ? each.amount : []));
  const books = new AccountBooks();
  order.forEach((operation, at) => {
    const isReversal = operation === "refund" || operation === "chargeback" || operation === "won";
    const moved = isReversal ? (reversals.shift() ?? 0n) : 0n;
    books.batch([happeningOf(operation, all.subjects[at] ?? 0, moved)]);
  });
  return books;
}

/** The numbers that an order leaves behind. */
function byEngine(books: AccountBooks) {
  const { promo, debt, paidNet, spent, bonusReached, bonus } = books.state;
  const accrued = books.totals().commission;
  return { promo, debt, paidNet, spent, accrued, bonusReached, posted: bonus?.posted ?? false };
}

function byModel({ model: { books } }: PlayedOrder) {
  const { promo, debt, paidNet, bonusReached } = books.account(CUSTOMER);
  const spent = books.paidSpend(books.account(CUSTOMER));
  const posted = books.rewards.some(({ beneficiary, posted: is }) => beneficiary === CUSTOMER && is);
  const accrued = books.commissionParts(REFERRER).reduce((total, part) => total + part.accrued, 0n);
  return { promo, debt, paidNet, spent, accrued, bonusReached, posted };
}

test(`every sensible order of paying, spending, drawing, voiding, refunds, chargebacks and disputes won, up to ${LENGTH_MAX}, leaves what the reference model computes`, {
  timeout: 600_000,
}, () => {
  let count = 0;
  let longest = 0;
  for (const { order, all } of sensibleOrders(LENGTH_MAX)) {
    const books = engineBooks(order, all);
    const [found, expected] = [byEngine(books), byModel(all)];
    const same =
      found.promo === expected.promo &&
      found.debt === expected.debt &&
      found.paidNet === expected.paidNet &&
      found.spent.pod === expected.spent.pod &&
      found.spent.serverless === expected.spent.serverless &&
      found.accrued === expected.accrued &&
      found.bonusReached === expected.bonusReached &&
      found.posted === expected.posted;
    // Compared by hand first: a hundred thousand times a matcher's own work would be most of the time.
    if (!same) expect({ order, ...found }).toEqual({ order, ...expected });
    if (found.posted !== (books.state.bonus !== null && totalOf(books.state.spent) >= 10_000_000_000n)) {
      throw new Error(`A bonus does not stand as its paid spend does: ${order.join(", ")}`);
    }
    const { base } = books.state;
    const atRates = accrue(base.pod, commissionRates.pod) + accrue(base.serverless, commissionRates.serverless);
    if (atRates !== found.accrued) throw new Error(`Commission is not its rates of the base: ${order.join(", ")}`);
    count += 1;
    if (order.length === LENGTH_MAX) longest += 1;
  }
  console.info(`orders: ${count} that make sense, ${longest} of them of ${LENGTH_MAX} operations`);
  expect(longest).toBeGreaterThan(1_000);
});

/** A fault put into the product on purpose, and the test that must turn red by it. */
export interface Mutant {
  name: string;
  file: string;
  /** Stands in the file exactly once. */
  find: string;
  replace: string;
  project: "unit" | "database";
  testFile: string;
  testName: string;
}

const fold = "lib/programs/fold.test.ts";
const orders = "lib/programs/orders.test.ts";
const templatesAndDays = "lib/programs/templates-and-days.test.ts";

export const mutants: readonly Mutant[] = [
  {
    name: "floor per event",
    file: "lib/money/accrual.ts",
    find: "accrual(base * rate);",
    replace: "accrual(((base * rate) / 10_000n) * 10_000n);",
    project: "unit",
    testFile: templatesAndDays,
    testName: "a thousand events of one nano-dollar accrue what one of a thousand does",
  },
  {
    name: "window end included",
    file: "lib/programs/effects.ts",
    find: "endedAtMs < commission.windowEndMs",
    replace: "endedAtMs <= commission.windowEndMs",
    project: "unit",
    testFile: fold,
    testName: "commission is its rates of the spend inside the window, and the window's end lies outside",
  },
  {
    name: "own template paid",
    file: "lib/programs/effects.ts",
    find: "if (template.creatorId === accountId) return true;",
    replace: "if (template.creatorId === accountId) return false;",
    project: "unit",
    testFile: templatesAndDays,
    testName: "a creator's own use of a template earns no royalty, and its runtime counts",
  },
  {
    name: "duplicate inside a batch",
    file: "lib/services/usage/post-batch.ts",
    find: "first.get(key.text) === index && taken.has(key.text)",
    replace: "taken.has(key.text)",
    project: "database",
    testFile: "lib/api/usage.db.test.ts",
    testName: "however often it stands in one request",
  },
  {
    name: "promo after paid",
    file: "lib/programs/drawing-order.ts",
    find: "const promo = least(left, buckets.promo);",
    replace:
      "const money = buckets.paidNet > 0n ? buckets.paidNet : 0n;\n  const promo = least(left > money ? left - money : 0n, buckets.promo);",
    project: "unit",
    testFile: fold,
    testName: "sums to its charge, takes promo before earned before paid, and nothing below zero but paid",
  },
  {
    name: "gate drops the first second",
    file: "lib/ledger/sweep.ts",
    find: "const released = earning.gateOpen ? earning.pending : ZERO;",
    replace: "const released = ZERO;",
    project: "database",
    testFile: "lib/api/worked-examples-royalties.db.test.ts",
    testName:
      "W8: a millisecond short of 24 h the royalty is pending; with it all is released, the first second included",
  },
  {
    name: "arrears counted as paid",
    file: "lib/programs/drawing-order.ts",
    find: "if (paidNet <= 0n) return 0n as Nanos;\n  return least(paidNet, drawn) as Nanos;",
    replace: "return drawn;",
    project: "unit",
    testFile: fold,
    testName: "is what was drawn from paid less arrears, after every posting",
  },
  {
    name: "draw made twice",
    file: "lib/programs/standing.ts",
    find: "if (now.bonus && !state.bonusReached) {",
    replace: "if (now.bonus) {",
    project: "unit",
    testFile: fold,
    testName: "the bonus is due once, and exactly when paid spend stands at its trigger",
  },
  {
    name: "debt not settled first",
    file: "lib/programs/standing.ts",
    find: "const debt = minNanos(state.debt, amount);",
    replace: "const debt = 0n as Nanos;",
    project: "unit",
    testFile: orders,
    testName:
      "every sensible order of paying, spending, drawing, voiding, refunds, chargebacks and disputes won, up to 7, leaves what the reference model computes",
  },
  {
    name: "late event on today's page",
    file: "lib/programs/effects.ts",
    find: "const number = dayOf(stretch.endedAtMs);",
    replace: "const number = dayOf(Date.now());",
    project: "unit",
    testFile: templatesAndDays,
    testName:
      "a late event goes on the page of the day its interval ended, over ends of months, whatever is posted beside it",
  },
];

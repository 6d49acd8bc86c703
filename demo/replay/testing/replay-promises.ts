import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOfBooks } from "@/demo/machine-api/testing/digest";
import { type InProcess, startInProcess } from "@/demo/machine-api/testing/in-process";
import { calculate, type Expected } from "@/demo/replay/independent";
import { type Replayed, replay } from "@/demo/replay/replay";
import { readTrace } from "@/demo/replay/trace";
import { bookedCustomers, bookedTemplates } from "./books";
import { traceFile } from "./trace-file";

const WHOLE_MS_MAX = 1_200_000;
const TEN_DOLLARS = 10_000_000_000n;

/** What must come of one trace, whatever way it is computed. */
export interface Promised {
  file: string;
  priceFactor?: bigint;
  /** Runs with the full tests only. */
  full?: boolean;
  events: number;
  customers: number;
  triggersReached: number;
}

/** Replays a trace whole, on a database of its own, and holds every figure against the independent calculation. */
export function promiseReplay({ file, priceFactor = 1n, full = false, ...promised }: Promised): void {
  const { text, absent } = traceFile(file);
  const skipped = absent ?? (full && !process.env.FULL ? "one of the full tests" : null);
  const title = priceFactor === 1n ? `replay of ${file}` : `replay of ${file} at ${priceFactor} times the price`;
  describe.skipIf(skipped !== null)(skipped === null ? title : `${title} (skipped: ${skipped})`, () => {
    let running: InProcess;
    let replayed: Replayed;
    let expected: Expected;

    beforeAll(async () => {
      running = await startInProcess();
      replayed = await replay(running.api, readTrace(text ?? ""), { priceFactor });
      expected = calculate(text ?? "", priceFactor);
    }, WHOLE_MS_MAX);
    afterAll(() => running?.close());

    test("counts what the file holds", () => {
      expect(replayed.events).toBe(promised.events);
      expect(replayed.made.events).toBe(promised.events);
      expect(replayed.customers).toBe(promised.customers);
      expect(replayed.triggersReached).toBe(promised.triggersReached);
      expect(expected.events).toBe(promised.events);
      expect(expected.customers.size).toBe(promised.customers);
    });

    test("every customer's sign-up, referrer, deposit, charge and runtime are exact", async () => {
      const books = await bookedCustomers(running.db);
      for (const [name, { commission: _, ...customer }] of expected.customers) {
        const { commission: __, ...account } = books.get(name) ?? { commission: null };
        expect(account, name).toEqual({ ...customer, paid: customer.deposited - customer.charged });
      }
    });

    // No worker runs here, so no bonus lands between the batches and money pays for everything.
    test("every referrer's commission is exact", async () => {
      const books = await bookedCustomers(running.db);
      let total = 0n;
      for (const [name, { referredBy, commission }] of expected.customers) {
        if (referredBy === null) continue;
        expect(books.get(referredBy)?.commission, `commission on ${name}`).toBe(commission);
        total += commission;
      }
      expect(replayed.commission).toBe(dollars(total, 13));
    });

    test("every template's runtime and royalty are exact", async () => {
      const templates = await bookedTemplates(running.db);
      const earning = [...expected.templates].filter(([, { royalty }]) => royalty > 0n);
      expect(templates).toEqual(new Map(earning));
      const total = earning.reduce((sum, [, { royalty }]) => sum + royalty, 0n);
      expect(replayed.royalty).toBe(dollars(total, 13));
    });

    test("the printed totals are the sums of the parts", () => {
      const customers = [...expected.customers.values()];
      const charged = customers.reduce((sum, customer) => sum + customer.charged, 0n);
      const reached = customers.filter((customer) => customer.charged >= TEN_DOLLARS);
      const pairs = reached.filter(({ referredBy }) => referredBy !== null);
      expect(replayed.charged).toBe(dollars(charged, 9));
      expect(replayed.triggersReached).toBe(reached.length);
      expect(replayed.bonuses.count).toBe(reached.length + pairs.length);
    });

    test(
      "a second run changes nothing",
      async () => {
        const before = await digestOfBooks(running.db);
        const again = await replay(running.api, readTrace(text ?? ""), { priceFactor });
        expect(again.made).toEqual({ accounts: 0, deposits: 0, events: 0 });
        expect(await digestOfBooks(running.db)).toEqual(before);
        const { made: _, tookMs: __, ...totals } = replayed;
        expect(again).toMatchObject(totals);
      },
      WHOLE_MS_MAX,
    );
  });
}

/** A value with `scale` digits after the point, without trailing zeros. */
function dollars(value: bigint, scale: number): string {
  const digits = value.toString().padStart(scale + 1, "0");
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, "");
}

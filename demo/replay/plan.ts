import type { CloudEvent, NewAccount, NewDeposit, NewPrice, NewTemplate } from "@/demo/machine-api/requests";
import type { Price } from "@/demo/machine-api/shapes";
import { amountText } from "@/lib/money/format";
import { NANOS_PER_DOLLAR, type Nanos, nanos } from "@/lib/money/nanos";
import { parseQuantity } from "@/lib/money/parse";
import { chargeFor } from "@/lib/programs/pricing";
import type { Trace, Usage } from "./trace";

/** Everything a replay sends, in the order it is sent: the same each time. */
export interface Plan {
  price: NewPrice;
  customers: Customer[];
  /** Who publishes the templates, and these; absent where the trace has none that earn. */
  publishing: { creator: NewAccount; templates: NewTemplate[] } | null;
  events: CloudEvent[];
}

export interface Customer {
  account: NewAccount;
  /** The place of the customer who referred this one; null for none. */
  referrer: number | null;
  /** Null where nothing is charged. */
  deposit: NewDeposit | null;
}

export interface PlanOptions {
  /** The trace's price times this. */
  priceFactor: bigint;
  /** Ends every name, so that a run at another price does not meet this one. */
  suffix: string;
}

const HOUR_MS = 3_600_000;
const DEPOSIT_STEP = 10n * NANOS_PER_DOLLAR;
/** Before the first event of every trace. */
const PRICED_FROM = "2024-01-01T00:00:00.000Z";

export function planOf(trace: Trace, { priceFactor, suffix }: PlanOptions): Plan {
  const price = nanos(trace.price.amount * priceFactor);
  const named = (name: string) => `${name}${suffix}`;
  const instant = (ms: number) => new Date(ms).toISOString();
  const sku = named(trace.price.sku);
  const customers = [...gathered(trace, price)].map(([name, { firstStartMs, total }], index): Customer => {
    const signedUpAt = instant(firstStartMs - HOUR_MS);
    const amount = nanos(((total + DEPOSIT_STEP - 1n) / DEPOSIT_STEP) * DEPOSIT_STEP);
    return {
      account: { externalId: named(name), signedUpAt },
      referrer: index % 2 === 1 ? index - 1 : null,
      deposit:
        amount === 0n
          ? null
          : {
              reference: `replay:${trace.name}:${named(name)}`,
              amount: amountText(amount),
              method: "invoice",
              occurredAt: signedUpAt,
            },
    };
  });
  return {
    price: {
      sku,
      service: trace.price.service,
      unit: trace.price.unit,
      amount: amountText(price),
      effectiveFrom: PRICED_FROM,
    },
    customers,
    publishing: publishingOf(trace, named),
    events: trace.usage.map((usage) => ({
      specversion: "1.0",
      type: "usage",
      source: `replay/${named(trace.name)}`,
      id: usage.id,
      subject: named(usage.customer),
      time: instant(usage.startedAtMs + usage.durationMs),
      data: {
        sku,
        durationMs: usage.durationMs,
        ...(usage.quantity === undefined ? {} : { quantity: usage.quantity }),
        ...(usage.resource === undefined ? {} : { resource: usage.resource }),
        ...(usage.template === undefined ? {} : { template: named(usage.template) }),
      },
    })),
  };
}

/** Customers in order of first appearance, with the start of their first event and what they will be charged. */
function gathered(trace: Trace, price: Nanos): Map<string, { firstStartMs: number; total: bigint }> {
  const customers = new Map<string, { firstStartMs: number; total: bigint }>();
  for (const usage of trace.usage) {
    const customer = customers.get(usage.customer) ?? { firstStartMs: usage.startedAtMs, total: 0n };
    customer.total += chargeOf(usage, price, trace.price.unit);
    customers.set(usage.customer, customer);
  }
  return customers;
}

function chargeOf(usage: Usage, price: Nanos, unit: NewPrice["unit"]): Nanos {
  const quantity = parseQuantity(usage.quantity ?? "1");
  const charge = quantity.ok
    ? chargeFor({ price, unit, durationMs: BigInt(usage.durationMs), quantityMilli: quantity.milli })
    : null;
  if (charge === null) throw new Error(`Event ${usage.id} cannot be priced: its quantity is ${usage.quantity}.`);
  return charge;
}

function publishingOf(trace: Trace, named: (name: string) => string): Plan["publishing"] {
  const [first] = trace.usage;
  if (trace.creator === undefined || !first) return null;
  const creator = named(trace.creator);
  const before = new Date(first.startedAtMs - HOUR_MS).toISOString();
  const names = [...new Set(trace.usage.flatMap(({ template }) => template ?? []))];
  return {
    creator: { externalId: creator, signedUpAt: before },
    templates: names.map((name) => ({ externalId: named(name), creator, name, createdAt: before })),
  };
}

/**
 * The suffix under which a trace runs at this price: none where the rate card has no other price for its sku, so that
 * the first run, whatever its factor, and its repetitions use the plain names.
 */
export function suffixFor(trace: Trace, priceFactor: bigint, rateCard: readonly Price[]): string {
  const plain = planOf({ ...trace, usage: [] }, { priceFactor, suffix: "" }).price;
  const versions = rateCard.filter(({ sku }) => sku === plain.sku);
  const fits = versions.every(({ service, unit, amount }) => {
    return service === plain.service && unit === plain.unit && amount === plain.amount;
  });
  return fits ? "" : `-x${priceFactor}`;
}

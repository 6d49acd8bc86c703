/**
 * What a replay must come to, worked out from the rules as they are written down, in code of its own: nothing here is
 * imported, so that an error of the product cannot repeat itself in its check. Amounts are nano-dollars, accruals 1e-13
 * dollars, instants milliseconds since 1970.
 */
export interface Expected {
  events: number;
  customers: Map<string, ExpectedCustomer>;
  templates: Map<string, { runtimeMs: bigint; royalty: bigint }>;
}

export interface ExpectedCustomer {
  charged: bigint;
  runtimeMs: bigint;
  deposited: bigint;
  signedUpAtMs: number;
  referredBy: string | null;
  /** What the referrer earns on this customer while nothing but money pays for usage; zero without a referrer. */
  commission: bigint;
}

interface Interval {
  customer: string;
  startMs: number;
  durationMs: bigint;
  /** In thousandths. */
  quantity: bigint;
  template: string;
}

interface Rules {
  intervalOf: (row: Map<string, string>) => Interval | null;
  /** Nano-dollars for `unitMs` of one. */
  price: bigint;
  unitMs: bigint;
  /** Basis points of paid spend. */
  commissionRate: bigint;
  royaltyRate: bigint;
}

const TEN_DOLLARS = 10_000_000_000n;
const HOUR_MS = 3_600_000;

const genaiRequests: Rules = {
  price: 1_160_000n,
  unitMs: 1_000n,
  commissionRate: 500n,
  royaltyRate: 0n,
  intervalOf: (row) => {
    const status = get(row, "predict_status");
    const seconds = get(row, "exec_time_seconds");
    if ((status !== "SUCCEED" && status !== "FAILED") || seconds === "") return null;
    const durationMs = tenthsOfSeconds(seconds) * 100n;
    if (durationMs === 0n) return null;
    return {
      customer: get(row, "groupId"),
      startMs: new Date(`${get(row, "gmt_create")} UTC`).getTime(),
      durationMs,
      quantity: 1_000n,
      template: get(row, "checkpoint_model_version_id"),
    };
  },
};

const gpuPods: Rules = {
  price: 340_000_000n,
  unitMs: 3_600_000n,
  commissionRate: 300n,
  royaltyRate: 100n,
  intervalOf: (row) => {
    const gpus = BigInt(get(row, "num_gpu") || "0");
    if (gpus === 0n || get(row, "scheduled_time") === "" || get(row, "deletion_time") === "") return null;
    const scheduled = BigInt(get(row, "scheduled_time"));
    const durationMs = (BigInt(get(row, "deletion_time")) - scheduled) * 1_000n;
    if (durationMs <= 0n) return null;
    return {
      customer: `pods-${get(row, "cpu_milli")}-${get(row, "memory_mib")}`,
      startMs: new Date("2024-01-01T00:00:00Z").getTime() + Number(scheduled) * 1_000,
      durationMs,
      quantity: gpus === 1n ? BigInt(get(row, "gpu_milli")) : gpus * 1_000n,
      template: get(row, "qos"),
    };
  },
};

/** @param text of one of the two traces */
export function calculate(text: string, priceFactor = 1n): Expected {
  const rows = rowsOf(text);
  const rules = rows[0]?.has("groupId") ? genaiRequests : gpuPods;
  const price = rules.price * priceFactor;
  const intervals = rows.flatMap((row) => rules.intervalOf(row) ?? []);
  const customers = new Map<string, ExpectedCustomer>();
  const templates = new Map<string, { runtimeMs: bigint; royalty: bigint }>();
  const names: string[] = [];
  for (const { customer: name, startMs, durationMs, quantity, template } of intervals) {
    let customer = customers.get(name);
    if (!customer) {
      const referredBy = names.length % 2 === 1 ? (names.at(-1) ?? null) : null;
      names.push(name);
      customer = {
        charged: 0n,
        runtimeMs: 0n,
        deposited: 0n,
        signedUpAtMs: startMs - HOUR_MS,
        referredBy,
        commission: 0n,
      };
      customers.set(name, customer);
    }
    const charge = halfUp(quantity * durationMs * price, 1_000n * rules.unitMs);
    customer.charged += charge;
    customer.runtimeMs += durationMs;
    const endMs = startMs + Number(durationMs);
    if (customer.referredBy !== null && endMs < sixMonthsAfter(customer.signedUpAtMs)) {
      customer.commission += charge * rules.commissionRate;
    }
    const sums = templates.get(template) ?? { runtimeMs: 0n, royalty: 0n };
    sums.runtimeMs += durationMs;
    sums.royalty += charge * rules.royaltyRate;
    templates.set(template, sums);
  }
  for (const customer of customers.values()) {
    customer.deposited = ((customer.charged + TEN_DOLLARS - 1n) / TEN_DOLLARS) * TEN_DOLLARS;
  }
  return { events: intervals.length, customers, templates };
}

function rowsOf(text: string): Map<string, string>[] {
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const names = header.trim().split(",");
  return lines.map((line) => {
    const values = line.trim().split(",");
    return new Map(names.map((name, place) => [name, values[place] ?? ""]));
  });
}

function get(row: Map<string, string>, name: string): string {
  const value = row.get(name);
  if (value === undefined) throw new Error(`no column ${name}`);
  return value;
}

/** "32.0" is 320; every duration of the file has one digit after the point. */
function tenthsOfSeconds(text: string): bigint {
  if (!/^\d+\.\d$/.test(text)) throw new Error(`${text} has not one decimal digit`);
  return BigInt(text.replace(".", ""));
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  const rest = numerator % denominator;
  return numerator / denominator + (rest * 2n >= denominator ? 1n : 0n);
}

function sixMonthsAfter(ms: number): number {
  const from = new Date(ms);
  const to = new Date(ms);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + 6);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to.getTime();
}

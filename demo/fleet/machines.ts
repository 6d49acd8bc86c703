import { popularTemplate } from "@/demo/personas/cast";
import { rateCard, type Sku } from "@/demo/personas/rate-card";
import { minNanos, type Nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { chargeFor } from "@/lib/programs/pricing";

/** What runs for an account until the next time it is metered. */
export interface Machine {
  /** Tells the account's machines apart. */
  name: string;
  sku: Sku;
  /** GPUs or workers. */
  quantity: number;
  template?: string;
}

export interface Shift {
  machines: Machine[];
  /** How long until it is metered, and looked at again. */
  durationMs: number;
}

export interface Standing {
  kind: "person" | "busy";
  /** What may be spent. */
  available: Nanos;
  /** Paid spend missing to the bonus; zero when it is reached, null where no bonus is to come. */
  toTrigger: Nanos | null;
}

/** A training run on fourteen nodes of eight GPUs spends $10 in a good one and a half minutes. */
const TRAINING_GPUS_MAX = 112;
const TRAINING_MS = 2_000;
const GENTLE_MS = 10_000;
const BUSY_MS = 30_000;
/** A serverless worker has something to do for so long, so often. */
const JOB_MS = 20_000;
const JOB_EVERY_MS = 120_000;

/**
 * What to run for an account from `nowMs` on: up to the bonus a large training run, cut down towards its end so that
 * it stops where it should; afterwards little, so that credit lasts. Nothing that the balance does not cover, but for
 * the last GPU of a training run, which may end a fraction of a cent beyond it.
 */
export function nextShift({ kind, available, toTrigger }: Standing, nowMs: number): Shift {
  if (available <= 0n) return { machines: [], durationMs: GENTLE_MS };
  if (kind === "busy") return affordable(busyMachines, BUSY_MS, available);
  if (toTrigger !== null && toTrigger > 0n) return training(minNanos(available, toTrigger));
  return affordable(gentleMachines(nowMs), GENTLE_MS, available);
}

const busyMachines: Machine[] = [{ name: "pod", sku: "demo-h100", quantity: 8, template: popularTemplate }];

function training(budget: Nanos): Shift {
  const pod: Machine = { name: "training", sku: "demo-h100", quantity: 1, template: popularTemplate };
  const oneGpu = costOf([pod], TRAINING_MS);
  const gpus = Number((budget + oneGpu - 1n) / oneGpu);
  const whole = gpus > TRAINING_GPUS_MAX;
  const evaluation: Machine = { name: "evaluation", sku: "demo-h100-flex", quantity: 8 };
  return {
    machines: [{ ...pod, quantity: whole ? TRAINING_GPUS_MAX : gpus }, ...(whole ? [evaluation] : [])],
    durationMs: TRAINING_MS,
  };
}

function gentleMachines(nowMs: number): Machine[] {
  const job: Machine[] = nowMs % JOB_EVERY_MS < JOB_MS ? [{ name: "jobs", sku: "demo-h100-flex", quantity: 1 }] : [];
  return [{ name: "notebook", sku: "demo-rtx4090", quantity: 1, template: popularTemplate }, ...job];
}

function affordable(machines: Machine[], durationMs: number, available: Nanos): Shift {
  return { machines: costOf(machines, durationMs) <= available ? machines : [], durationMs };
}

/** What machines cost over a time, by the rate card. */
export function costOf(machines: readonly Machine[], durationMs: number): Nanos {
  let total = 0n;
  for (const { sku, quantity } of machines) {
    const price = rateCard.find((one) => one.sku === sku);
    const amount = parseAmount(price?.amount);
    if (!price || !amount.ok) throw new Error(`The rate card has no ${sku}.`);
    total +=
      chargeFor({
        price: amount.nanos,
        unit: price.unit,
        durationMs: BigInt(durationMs),
        quantityMilli: BigInt(quantity) * 1_000n,
      }) ?? 0n;
  }
  return total as Nanos;
}

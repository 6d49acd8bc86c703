import { ReferenceModel } from "./model/model";

/** What can happen to money and to what rests on it. */
export const operations = ["pay", "spend", "bonus drawn", "void", "refund", "chargeback", "won"] as const;
export type Operation = (typeof operations)[number];
export type Order = readonly Operation[];

export const DOLLAR = 1_000_000_000n;
export const PAY = 10n * DOLLAR;
export const REFUND = 4n * DOLLAR;
export const BONUS = 7n * DOLLAR;
/** Usage after usage, in turn: the first alone passes the trigger and what was paid. */
export const spends = [
  { service: "pod", charge: 11n * DOLLAR },
  { service: "serverless", charge: 6n * DOLLAR },
] as const;

export const CUSTOMER = "customer";
export const REFERRER = "referrer";
const NOW_MS = Date.UTC(2026, 10, 21);

/** One order played in the reference model: what each operation concerns, and whether it makes sense at its place. */
export class PlayedOrder {
  readonly model = new ReferenceModel();
  /** Of each operation: the number of the event or deposit it concerns. */
  readonly subjects: number[] = [];
  #events = 0;
  #deposits = 0;

  constructor() {
    for (const [name, referrer] of [
      [REFERRER, null],
      [CUSTOMER, REFERRER],
    ] as const) {
      const account = { name, email: null, referrer, newAccount: true, signedUpAtMs: NOW_MS };
      this.model.happen({ kind: "opened", account, atMs: NOW_MS });
    }
  }

  /** The same so far, to go on another way. */
  branch(): PlayedOrder {
    const other = new PlayedOrder();
    other.model.history.splice(0, Number.POSITIVE_INFINITY, ...this.model.history);
    other.subjects.push(...this.subjects);
    other.#events = this.#events;
    other.#deposits = this.#deposits;
    return other;
  }

  /** @returns whether the operation makes sense here; then it has happened. */
  play(operation: Operation): boolean {
    const subject = this.#play(operation);
    if (subject === null) return false;
    this.subjects.push(subject);
    return true;
  }

  #play(operation: Operation): number | null {
    const { model } = this;
    const atMs = NOW_MS;
    if (operation === "pay") {
      this.#deposits += 1;
      model.happen({ kind: "deposit", account: CUSTOMER, reference: `d${this.#deposits}`, amount: PAY, atMs });
      return this.#deposits;
    }
    if (operation === "spend") {
      this.#events += 1;
      const { service, charge } = spendOf(this.#events);
      const key = `e${this.#events}`;
      const usage = { key, subject: CUSTOMER, endedAtMs: atMs, service, charge, durationMs: 0n, template: null };
      model.use(usage, atMs);
      return this.#events;
    }
    const account = model.books.account(CUSTOMER);
    if (operation === "void") {
      const event = model.books.line(account).at(-1);
      if (!event) return null;
      model.takeBack({ key: `void of ${event.key}`, subject: CUSTOMER, voids: event.key }, atMs);
      return Number(event.key.slice(1));
    }
    if (operation === "bonus drawn") {
      if (!account.bonusReached || model.books.rewards.length > 0) return null;
      model.happen({ kind: "swept", atMs });
      for (const side of ["new-account", "referral"] as const) {
        model.happen({ kind: "drawn", trigger: CUSTOMER, side, amount: BONUS, atMs });
      }
      return 0;
    }
    // The newest deposit that it can concern.
    for (let deposit = this.#deposits; deposit > 0; deposit -= 1) {
      const reason = operation === "won" ? "dispute_won" : operation;
      const amount = operation === "refund" ? REFUND : null;
      if (model.reverse(`d${deposit}`, reason, amount, atMs) === 201) return deposit;
    }
    return null;
  }
}

export function spendOf(event: number): (typeof spends)[number] {
  const [first, second] = spends;
  return event % 2 === 1 ? first : second;
}

/** Every order of operations, up to so many, that makes sense: each once, longer ones after what they begin with. */
export function* sensibleOrders(
  lengthMax: number,
  begun: { order: Order; all: PlayedOrder } = { order: [], all: new PlayedOrder() },
): Generator<{ order: Order; all: PlayedOrder }> {
  for (const operation of operations) {
    const all = begun.all.branch();
    if (!all.play(operation)) continue;
    const longer = { order: [...begun.order, operation], all };
    yield longer;
    if (longer.order.length < lengthMax) yield* sensibleOrders(lengthMax, longer);
  }
}

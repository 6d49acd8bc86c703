import type { ReversalReason } from "./model/history";
import { DAY_MS, decimal } from "./model/rules";
import type { RandomRequests } from "./random-requests";
import type { Scene } from "./random-scene";

/** Deposits, what becomes of them, and grants of one client. Each answers how many requests it was. */
export class RandomMoney {
  readonly #deposits: string[] = [];

  constructor(
    readonly scene: Scene,
    readonly requests: RandomRequests,
  ) {}

  deposit(account: string): Promise<number> {
    const { api, dice, model } = this.scene;
    const amount = dice.nanos(40) + 1n;
    const reference = this.requests.fresh();
    this.#deposits.push(reference);
    model.happen({ kind: "deposit", account, reference, amount, atMs: api.clock.now.getTime() });
    const body = { reference, amount: decimal(amount), method: "card" };
    return this.requests.send(`/api/v1/accounts/${account}/deposits`, body, 201);
  }

  /** A refund, a chargeback or a dispute won, whole or in part; some are refused. */
  reverse(): Promise<number> {
    const { api, dice, model } = this.scene;
    const deposit = this.#deposits.length === 0 || dice.chance(2) ? this.requests.fresh() : dice.pick(this.#deposits);
    const reason: ReversalReason = dice.pick(["refund", "chargeback", "chargeback", "dispute_won", "dispute_won"]);
    const amount = dice.chance(50) ? null : dice.nanos(20) + 1n;
    const status = model.reverse(deposit, reason, amount, api.clock.now.getTime());
    const body = { reference: this.requests.fresh(), reason, ...(amount === null ? {} : { amount: decimal(amount) }) };
    return this.requests.send(`/api/v1/deposits/${deposit}/reversals`, body, status, false);
  }

  grant(account: string): Promise<number> {
    const { api, dice, model } = this.scene;
    const atMs = api.clock.now.getTime();
    const amount = dice.nanos(4) + 1n;
    const bucket = dice.pick(["promo", "earned"] as const);
    const days = dice.pick([null, 5, 14, 30]);
    const expiresAtMs = days === null ? null : atMs + days * DAY_MS;
    model.happen({ kind: "grant", account, bucket, amount, expiresAtMs, atMs });
    const expiresAt = expiresAtMs === null ? null : new Date(expiresAtMs).toISOString();
    const reference = this.requests.fresh();
    const body = { reference, bucket, amount: decimal(amount), reason: "thank you", expiresAt };
    return this.requests.send(`/api/v1/accounts/${account}/grants`, body, 201, false);
  }
}

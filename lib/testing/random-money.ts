import type { ReversalReason } from "./model/history";
import { DAY_MS, decimal } from "./model/rules";
import type { RandomRequests } from "./random-requests";
import type { Scene } from "./random-scene";

/** Deposits, what becomes of them, and grants of one client. Each answers how many requests it was. */
export class RandomMoney {
  readonly #deposits: { reference: string; account: string }[] = [];

  constructor(
    readonly scene: Scene,
    readonly requests: RandomRequests,
  ) {}

  async deposit(account: string): Promise<number> {
    const { api, dice, model } = this.scene;
    const amount = dice.nanos(40) + 1n;
    const reference = this.requests.fresh();
    this.#deposits.push({ reference, account });
    model.happen({ kind: "deposit", account, reference, amount, atMs: api.clock.now.getTime() });
    const body = { reference, amount: decimal(amount), method: "card" };
    const path = `/api/v1/accounts/${account}/deposits`;
    return (await this.requests.send({ path, body, status: 201, accounts: [account] })).length;
  }

  /** A refund, a chargeback or a dispute won, whole or in part; some are refused. */
  async reverse(): Promise<number> {
    const { api, dice, model } = this.scene;
    const known = this.#deposits.length === 0 || dice.chance(2) ? null : dice.pick(this.#deposits);
    const deposit = known?.reference ?? this.requests.fresh();
    const reason: ReversalReason = dice.pick(["refund", "chargeback", "chargeback", "dispute_won", "dispute_won"]);
    const amount = dice.chance(50) ? null : dice.nanos(20) + 1n;
    const status = model.reverse(deposit, reason, amount, api.clock.now.getTime());
    const body = { reference: this.requests.fresh(), reason, ...(amount === null ? {} : { amount: decimal(amount) }) };
    const [path, accounts] = [`/api/v1/deposits/${deposit}/reversals`, known ? [known.account] : []];
    return (await this.requests.send({ path, body, status, accounts })).length;
  }

  async grant(account: string): Promise<number> {
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
    const path = `/api/v1/accounts/${account}/grants`;
    return (await this.requests.send({ path, body, status: 201, accounts: [account] })).length;
  }
}

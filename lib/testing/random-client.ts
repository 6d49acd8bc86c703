import { expect } from "vitest";
import { Account } from "@/lib/api/accounts";
import type { ApiHarness, ApiProcess } from "./api-harness";
import type { Dice } from "./dice";
import type { ModelSignUp, ReversalReason } from "./model/history";
import type { ReferenceModel } from "./model/model";
import { DAY_MS, decimal, sixMonthsAfter } from "./model/rules";
import { RandomBatches } from "./random-batches";
import { SMALL } from "./small-terms";

export interface Scene {
  api: ApiHarness;
  process: ApiProcess;
  model: ReferenceModel;
  dice: Dice;
  /** Of the client: what its accounts' names begin with. */
  name: string;
}

/**
 * One client of the API, with a referrer and some customers of its own, doing one random thing after the other and
 * writing each into the model first: so the order of everything that meets in one wallet is known.
 */
export class RandomClient {
  readonly #plans: ModelSignUp[];
  readonly #codes = new Map<string, string>();
  readonly #deposits: string[] = [];
  readonly #batches: RandomBatches;
  /** Some clients bring everybody along from the beta, so that its gate is met. */
  readonly #isBeta: boolean;
  #application: string | null = null;
  #numbers = 0;

  constructor(readonly scene: Scene) {
    const { dice, name } = scene;
    const referrer = `${name}.ref`;
    this.#isBeta = dice.chance(40);
    this.#plans = Array.from({ length: 2 + dice.below(2) }, (_, index) => this.#plan(`${name}.${index}`, referrer));
    this.#batches = new RandomBatches(scene, {
      named: (subject) => this.#plans.find((plan) => plan.name === subject),
      opened: (subject) => this.#codes.has(subject),
    });
  }

  #plan(name: string, referrer: string): ModelSignUp {
    const { dice } = this.scene;
    const kind = dice.below(12);
    const client = this.scene.name;
    // Another spelling of somebody's mailbox, and of the referrer's own: nobody who comes second is new.
    const email = kind < 3 ? null : kind === 3 ? `${client}.twin+${name}@example.com` : `${name}@example.com`;
    return {
      name,
      email: kind === 4 ? `${referrer}+me@example.com` : email,
      referrer: this.#isBeta || dice.chance(80) ? referrer : null,
      newAccount: !dice.chance(8),
      signedUpAtMs: this.#nowMs - dice.below(300) * DAY_MS - dice.below(DAY_MS),
    };
  }

  get #nowMs(): number {
    return this.scene.api.clock.now.getTime();
  }

  /** Makes the referrer, and somebody with a mailbox that others will claim. */
  async begin(): Promise<void> {
    for (const name of [`${this.scene.name}.ref`, `${this.scene.name}.twin`]) {
      const signedUpAtMs = this.#nowMs - DAY_MS;
      await this.#open({ name, email: `${name}@example.com`, referrer: null, newAccount: true, signedUpAtMs });
    }
  }

  /** @returns how many things it did, at least `count`. */
  async play(count: number): Promise<number> {
    let done = 0;
    while (done < count) done += await this.#act();
    return done;
  }

  async #act(): Promise<number> {
    const { dice, name } = this.scene;
    const unopened = this.#plans.find((plan) => !this.#codes.has(plan.name));
    const opened = this.#plans.map((plan) => plan.name).filter((each) => this.#codes.has(each));
    const act = dice.below(100);
    if (unopened && act < 40) return this.#join(unopened);
    const everyone = [...opened, ...opened, ...opened, `${name}.ref`];
    if (act < 18) return this.#deposit(dice.pick(everyone));
    if (act < 29) return this.#reverse();
    if (act < 36) return this.#grant(dice.pick(everyone));
    if (act < 37 && opened.length > 0) return this.#enrol(dice.pick(opened));
    if (act < (this.#isBeta ? 44 : 38)) return this.#apply();
    if (act < 47 && opened.length > 0) return this.#register(dice.pick(opened));
    const others = this.#plans.filter((plan) => plan.referrer === null).map((plan) => plan.name);
    // At most one referred account to a request, so that it is known whose trigger was passed last.
    const customer = opened.length > 0 && dice.chance(93) ? dice.pick(opened) : dice.pick(this.#plans).name;
    return this.#batches.send([customer, customer, `${name}.ref`, ...others]);
  }

  async #open(signUp: ModelSignUp): Promise<void> {
    const { name, email, signedUpAtMs, newAccount, referrer } = signUp;
    const body = {
      externalId: name,
      email,
      signedUpAt: new Date(signedUpAtMs).toISOString(),
      referralCode: referrer === null ? null : this.#codes.get(referrer),
      ...(newAccount ? {} : { newAccount }),
    };
    this.scene.model.happen({ kind: "opened", account: signUp, atMs: this.#nowMs });
    const answer = await this.scene.process.call("POST", "/api/v1/accounts", { body });
    expect([answer.status, `open ${name}`]).toEqual([201, `open ${name}`]);
    this.#codes.set(name, Account.parse(answer.body).referralCode);
  }

  /** A planned customer appears; many of the referred are brought along from older terms at once. */
  async #join(plan: ModelSignUp): Promise<number> {
    await this.#open(plan);
    let done = 1;
    if (plan.referrer !== null && this.#isBeta) done += await this.#enrol(plan.name, true);
    while (plan.referrer !== null && this.scene.dice.chance(45)) done += await this.#enrol(plan.name);
    return done + (await this.#deposit(plan.name));
  }

  async #enrol(account: string, isFirst = false): Promise<number> {
    const programs = ["referral-beta", "serverless-referral-beta", "referral"] as const;
    const program = isFirst && this.#isBeta ? "referral-beta" : this.scene.dice.pick(programs);
    const version = program === "referral" ? {} : { version: SMALL };
    const status = this.scene.model.enrol(account, program, this.#nowMs);
    const body = { program, ...version, reference: this.#fresh() };
    return this.#send(`/api/v1/accounts/${account}/enrolments`, body, status);
  }

  /** Sends the same once or several times, one after the other or (where `together` may be) at once: it happens once. */
  async #send(path: string, body: unknown, status: number, together = this.scene.dice.chance(50)): Promise<number> {
    const { dice, process } = this.scene;
    const copies = dice.chance(20) ? 2 + dice.below(2) : 1;
    const call = async () => (await process.call("POST", path, { body })).status;
    const statuses: number[] = [];
    if (together) statuses.push(...(await Promise.all(Array.from({ length: copies }, call))));
    else for (let copy = 0; copy < copies; copy += 1) statuses.push(await call());
    const again = status === 201 ? 200 : status;
    const expected = [status, ...Array.from({ length: copies - 1 }, () => again)].sort();
    expect({ path, body, statuses: statuses.sort() }).toEqual({ path, body, statuses: expected });
    return copies;
  }

  #deposit(account: string): Promise<number> {
    const amount = this.scene.dice.nanos(40) + 1n;
    const reference = this.#fresh();
    this.#deposits.push(reference);
    this.scene.model.happen({ kind: "deposit", account, reference, amount, atMs: this.#nowMs });
    const body = { reference, amount: decimal(amount), method: "card" };
    return this.#send(`/api/v1/accounts/${account}/deposits`, body, 201);
  }

  /** A refund, a chargeback or a dispute won, whole or in part; some are refused. */
  #reverse(): Promise<number> {
    const { dice, model } = this.scene;
    const deposit = this.#deposits.length === 0 || dice.chance(2) ? this.#fresh() : dice.pick(this.#deposits);
    const reason: ReversalReason = dice.pick(["refund", "chargeback", "chargeback", "dispute_won", "dispute_won"]);
    const amount = dice.chance(50) ? null : dice.nanos(20) + 1n;
    const status = model.reverse(deposit, reason, amount, this.#nowMs);
    const body = { reference: this.#fresh(), reason, ...(amount === null ? {} : { amount: decimal(amount) }) };
    return this.#send(`/api/v1/deposits/${deposit}/reversals`, body, status, false);
  }

  #grant(account: string): Promise<number> {
    const { dice, model } = this.scene;
    const amount = dice.nanos(4) + 1n;
    const bucket = dice.pick(["promo", "earned"] as const);
    const days = dice.pick([null, 5, 14, 30]);
    const expiresAtMs = days === null ? null : this.#nowMs + days * DAY_MS;
    model.happen({ kind: "grant", account, bucket, amount, expiresAtMs, atMs: this.#nowMs });
    const expiresAt = expiresAtMs === null ? null : new Date(expiresAtMs).toISOString();
    const body = { reference: this.#fresh(), bucket, amount: decimal(amount), reason: "thank you", expiresAt };
    return this.#send(`/api/v1/accounts/${account}/grants`, body, 201, false);
  }

  /** The referrer applies, or an operator decides on what it applied for. */
  async #apply(): Promise<number> {
    const { dice, model, name, process } = this.scene;
    const referrer = `${name}.ref`;
    if (this.#application === null || model.books.applications.get(referrer)?.state !== "submitted") {
      const reference = this.#fresh();
      const status = model.apply(referrer, this.#nowMs);
      if (status === 201) this.#application = reference;
      return this.#send(
        `/api/v1/accounts/${referrer}/applications`,
        { program: "referral-beta", reference },
        status,
        false,
      );
    }
    const accept = dice.chance(70);
    const status = model.decide(referrer, accept, this.#nowMs);
    const path = `/api/v1/applications/${this.#application}/decision`;
    const answer = await process.call("POST", path, { body: { accept, reason: "an operator's word" } });
    expect([path, answer.status]).toEqual([path, status]);
    return 1;
  }

  async #register(creator: string): Promise<number> {
    const { dice, model } = this.scene;
    const email = this.#plans.find((plan) => plan.name === creator)?.email;
    const template = dice.pick(this.#batches.templates);
    if (model.books.templates.has(template) || (email !== null && email !== `${creator}@example.com`)) return 0;
    model.happen({ kind: "template", template, creator, atMs: this.#nowMs });
    return this.#send("/api/v1/templates", { externalId: template, creator, name: "T" }, 201);
  }

  #fresh(): string {
    this.#numbers += 1;
    return `${this.scene.name}.${this.#numbers}`;
  }
}

/** Some instant before now; at times the very end of the account's referral window, or the millisecond before. */
export function randomInstant(dice: Dice, nowMs: number, plan: ModelSignUp | undefined): number {
  const end = plan ? sixMonthsAfter(plan.signedUpAtMs) : Number.POSITIVE_INFINITY;
  if (end <= nowMs && dice.chance(40)) return end - dice.below(2);
  return nowMs - dice.below(dice.chance(50) ? 120 : 2) * DAY_MS - dice.below(DAY_MS);
}

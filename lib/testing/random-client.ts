import { expect } from "vitest";
import { Account } from "@/lib/api/accounts";
import type { ModelSignUp } from "./model/history";
import { DAY_MS } from "./model/rules";
import { RandomBatches } from "./random-batches";
import { RandomMoney } from "./random-money";
import { RandomRequests } from "./random-requests";
import { atOnce, type Scene } from "./random-scene";
import { regions } from "./random-terms";
import { signIn } from "./sign-in";
import { type Moment, nameOf, TURNS } from "./turning-terms";

/**
 * One client of the API, with a referrer and some customers of its own, doing one random thing after the other and
 * writing each into the model first: so the order of everything that meets in one wallet is known.
 */
export class RandomClient {
  readonly #plans: ModelSignUp[];
  readonly #codes = new Map<string, string>();
  readonly #batches: RandomBatches;
  readonly #requests: RandomRequests;
  readonly #money: RandomMoney;
  /** Some clients bring everybody along from the beta, so that its gate is met. */
  readonly #isBeta: boolean;
  /** Some bring everybody at once, so that a referrer has several pairs under one version. */
  readonly #isGroup: boolean;
  readonly #turn: number;
  #application: string | null = null;

  constructor(readonly scene: Scene) {
    const { dice, name } = scene;
    const referrer = `${name}.ref`;
    this.#isBeta = dice.chance(40);
    this.#isGroup = !this.#isBeta && dice.chance(60);
    this.#turn = dice.below(TURNS);
    this.#plans = Array.from({ length: 2 + dice.below(2) }, (_, index) => this.#plan(`${name}.${index}`, referrer));
    this.#requests = new RandomRequests(scene);
    this.#money = new RandomMoney(scene, this.#requests);
    this.#batches = new RandomBatches(scene, {
      opened: (subject) => this.#codes.has(subject),
    });
  }

  #plan(name: string, referrer: string): ModelSignUp {
    const { dice } = this.scene;
    const kind = dice.below(12);
    const client = this.scene.name;
    // Another spelling of somebody's mailbox, and of the referrer's own: nobody who comes second is new.
    const email = kind < 3 ? null : kind === 3 ? `${client}.twin+${name}@example.com` : `${name}@example.com`;
    const signedInBy = kind > 4 && dice.chance(35) ? dice.pick(["google", "github", "email"] as const) : null;
    return {
      name,
      region: signedInBy === null ? dice.pick([null, ...regions]) : null,
      ...(signedInBy === null ? {} : { signedInBy }),
      email: kind === 4 ? `${referrer}+me@example.com` : email,
      referrer: this.#isBeta || dice.chance(80) ? referrer : null,
      newAccount: signedInBy !== null || !dice.chance(8),
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
      const region = this.scene.dice.pick([null, ...regions]);
      await this.#open({ name, email: `${name}@example.com`, region, referrer: null, newAccount: true, signedUpAtMs });
    }
    if (this.#isGroup) for (const plan of this.#plans) await this.#join(plan);
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
    if (act < 18) return this.#money.deposit(dice.pick(everyone));
    if (act < 34) return this.#money.reverse();
    if (act < 41) return this.#money.grant(dice.pick(everyone));
    if (act < 42 && opened.length > 0) return this.#enrol(dice.pick(opened));
    if (act < (this.#isBeta ? 49 : 43)) return this.#apply();
    if (act < 52 && opened.length > 0) return this.#register(dice.pick(opened));
    const others = this.#plans.filter((plan) => plan.referrer === null).map((plan) => plan.name);
    // At most one referred account to a request, so that it is known whose trigger was passed last.
    const customer = opened.length > 0 && dice.chance(93) ? dice.pick(opened) : dice.pick(this.#plans).name;
    return this.#batches.send([customer, customer, `${name}.ref`, ...others]);
  }

  async #open(signUp: ModelSignUp): Promise<number> {
    const { name, email, signedUpAtMs, newAccount, referrer, region } = signUp;
    const moment = this.#moment();
    if (signUp.signedInBy !== undefined) return this.#signIn(signUp, moment);
    const body = {
      externalId: name,
      email,
      region,
      signedUpAt: new Date(signedUpAtMs).toISOString(),
      referralCode: referrer === null ? null : this.#codes.get(referrer),
      ...(newAccount ? {} : { newAccount }),
    };
    this.scene.model.happen({ kind: "opened", account: signUp, version: moment.version, atMs: moment.atMs });
    return this.#name(body, 201, moment);
  }

  /** Somebody signs in with a browser, and is given the platform's name afterwards. */
  async #signIn(planned: ModelSignUp, moment: Moment): Promise<number> {
    const { api, dice, model } = this.scene;
    const { name, email, referrer, signedInBy } = planned;
    const account = { ...planned, signedUpAtMs: moment.atMs };
    model.happen({ kind: "opened", account, version: moment.version, atMs: moment.atMs });
    if (email === null || signedInBy === undefined) throw new Error(`${name} does not sign in`);
    const referralCode = referrer === null ? undefined : this.#codes.get(referrer);
    await atOnce(this.scene, 1 + dice.below(2), await signIn(api, { email, way: signedInBy, referralCode, moment }));
    return 1 + (await this.#name({ externalId: name, email }, 200, moment));
  }

  async #name(
    body: { externalId: string; email: string | null },
    status: number,
    { aheadMs }: Moment,
  ): Promise<number> {
    const name = body.externalId;
    const answers = await this.#requests.send({ path: "/api/v1/accounts", body, status, accounts: [name], aheadMs });
    const codes = new Set(answers.map((answer) => Account.parse(answer.body).referralCode));
    expect(codes.size).toBe(1);
    for (const code of codes) this.#codes.set(name, code);
    return answers.length;
  }

  /** Most often the same within a round. */
  #moment(): Moment {
    const { dice, terms } = this.scene;
    return terms.moment(this.#nowMs, this.#isGroup || dice.chance(70) ? this.#turn : dice.below(TURNS));
  }

  /** A planned customer appears; many of the referred are brought along from older terms at once. */
  async #join(plan: ModelSignUp): Promise<number> {
    let done = await this.#open(plan);
    if (plan.referrer !== null && this.#isBeta) done += await this.#enrol(plan.name, true);
    while (plan.referrer !== null && this.scene.dice.chance(this.#isGroup ? 10 : 45))
      done += await this.#enrol(plan.name);
    return done + (await this.#money.deposit(plan.name));
  }

  async #enrol(account: string, isFirst = false): Promise<number> {
    const { dice, model } = this.scene;
    const programs = ["referral-beta", "serverless-referral-beta", "referral"] as const;
    const program = isFirst && this.#isBeta ? "referral-beta" : dice.pick(programs);
    const { version, atMs, aheadMs } = this.#moment();
    // Without a name it is the newest that has begun.
    const newest = program === "referral" ? version : model.versions[program].length - 1;
    const enrolledIn = dice.chance(25) ? newest : dice.below(newest + 1);
    const named = enrolledIn === newest && dice.chance(50) ? {} : { version: nameOf(enrolledIn) };
    const status = model.enrol({ account, program, enrolledIn, version, atMs });
    const body = { program, ...named, reference: this.#requests.fresh() };
    const path = `/api/v1/accounts/${account}/enrolments`;
    return (await this.#requests.send({ path, body, status, accounts: [account], aheadMs })).length;
  }

  /** The referrer applies, or an operator decides on what it applied for. */
  async #apply(): Promise<number> {
    const { dice, model, name } = this.scene;
    const referrer = `${name}.ref`;
    if (this.#application === null || model.books.applications.get(referrer)?.state !== "submitted") {
      const reference = this.#requests.fresh();
      const status = model.apply(referrer, this.#nowMs);
      if (status === 201) this.#application = reference;
      const path = `/api/v1/accounts/${referrer}/applications`;
      const body = { program: "referral-beta", reference };
      return (await this.#requests.send({ path, body, status, accounts: [referrer] })).length;
    }
    const accept = dice.chance(70);
    const status = model.decide(referrer, accept, this.#nowMs);
    const path = `/api/v1/applications/${this.#application}/decision`;
    const body = { accept, reason: "an operator's word" };
    return (await this.#requests.send({ path, body, status, accounts: [referrer] })).length;
  }

  async #register(creator: string): Promise<number> {
    const { dice, model } = this.scene;
    const email = this.#plans.find((plan) => plan.name === creator)?.email;
    const template = dice.pick(this.#batches.templates);
    if (model.books.templates.has(template) || (email !== null && email !== `${creator}@example.com`)) return 0;
    const { version, atMs, aheadMs } = this.#moment();
    model.happen({ kind: "template", template, creator, version, atMs });
    const body = { externalId: template, creator, name: "T" };
    const making = { path: "/api/v1/templates", body, status: 201, accounts: [creator], aheadMs };
    return (await this.#requests.send(making)).length;
  }
}

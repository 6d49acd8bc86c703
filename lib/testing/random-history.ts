import { expect } from "vitest";
import { Account } from "@/lib/api/accounts";
import type { ApiHarness, ApiProcess } from "./api-harness";
import { Dice } from "./dice";
import { expectedAccount, expectedDraws, expectedTemplate } from "./model-view";
import { PublishedDraw, recomputeCents } from "./recompute-draw";
import { decimal, type ModelUsage, ReferenceModel, type ServiceName, sixMonthsAfter } from "./reference-model";

const DAY_MS = 86_400_000;
const CLIENTS = 4;

/** The rate card that histories use: price in nano-dollars for so many milliseconds. */
export const rateCard: Record<
  string,
  { service: ServiceName; unit: string; amount: string; price: bigint; unitMs: bigint }
> = {
  rtx4090: { service: "pod", unit: "hour", amount: "0.34", price: 340_000_000n, unitMs: 3_600_000n },
  flex: { service: "serverless", unit: "second", amount: "0.00011", price: 110_000n, unitMs: 1_000n },
  disk: { service: "storage", unit: "gb-month", amount: "0.07", price: 70_000_000n, unitMs: 2_592_000_000n },
};

const quantities = [
  { sent: undefined, milli: 1_000n },
  { sent: "1", milli: 1_000n },
  { sent: 2, milli: 2_000n },
  { sent: 0.125, milli: 125n },
  { sent: "0.001", milli: 1n },
  { sent: "8.000", milli: 8_000n },
];

interface Planned {
  name: string;
  email: string | null;
  referrer: string | null;
  newAccount: boolean;
  signedUpAtMs: number;
}

type SentEvent = { json: Record<string, unknown>; usage: ModelUsage };

/**
 * One random history of some accounts, played through the API by several clients at once and written into the model
 * beside it. Each client has accounts of its own, so that the order of postings within an account is known.
 */
export class RandomHistory {
  readonly model = new ReferenceModel();
  readonly #dice: Dice;
  readonly #codes = new Map<string, string>();
  readonly #plans: Planned[][] = [];
  readonly #sent: SentEvent[][] = Array.from({ length: CLIENTS }, () => []);
  readonly #templates: string[];
  #nowMs = 0;
  #numbers = 0;

  constructor(
    readonly api: ApiHarness,
    readonly processes: readonly ApiProcess[],
    readonly name: string,
    seed: number,
  ) {
    this.#nowMs = api.clock.now.getTime();
    this.#dice = new Dice(seed);
    this.#templates = Array.from({ length: 2 }, (_, index) => `${name}.tpl${index}`);
  }

  /** Makes the referrers, and decides who else there will be. */
  async begin(): Promise<void> {
    const referrers = Array.from({ length: 1 + this.#dice.below(2) }, (_, index) => `${this.name}.ref${index}`);
    for (const [client, name] of referrers.entries()) {
      await this.#open({ ...this.#plan(name, client), referrer: null, email: `${name}@example.com` }, this.api);
    }
    for (let client = 0; client < CLIENTS; client += 1) {
      const count = 1 + this.#dice.below(2);
      const plans = Array.from({ length: count }, (_, index) => this.#plan(`${this.name}.c${client}.${index}`, client));
      this.#plans.push(
        plans.map((plan) => (this.#dice.chance(70) ? { ...plan, referrer: this.#dice.pick(referrers) } : plan)),
      );
    }
  }

  #plan(name: string, client: number): Planned {
    const kind = this.#dice.below(10);
    // Two spellings of one mailbox, and the mailbox of a referrer: nobody who comes second is new.
    const shared = [`${name.slice(0, -1)}x+${this.#dice.below(9)}@example.com`, `${this.name}.ref0+me@example.com`];
    return {
      name,
      email:
        kind < 4 ? null : kind < 6 ? this.#dice.pick(shared.slice(0, client === 0 ? 2 : 1)) : `${name}@example.com`,
      referrer: null,
      newAccount: !this.#dice.chance(10),
      signedUpAtMs: this.#nowMs - this.#dice.below(300) * DAY_MS - this.#dice.below(DAY_MS),
    };
  }

  /** All clients at once do some things each. */
  async round(): Promise<void> {
    this.#nowMs = this.api.clock.now.getTime();
    const plays = this.#plans.map((plans, client) => this.#clientRound(plans, client));
    await Promise.all(plays.map((play) => play()));
  }

  /** Throws all its dice before anything is sent, so that the history does not depend on who answers first. */
  #clientRound(plans: readonly Planned[], client: number): () => Promise<void> {
    const process = this.#dice.pick(this.processes);
    const acts: (() => Promise<void>)[] = [];
    const opened = new Set(plans.map(({ name }) => name).filter((name) => this.model.accounts.has(name)));
    const names = [
      ...plans.map(({ name }) => name),
      ...(client < 2 && this.#codes.has(`${this.name}.ref${client}`) ? [`${this.name}.ref${client}`] : []),
    ];
    for (let count = 1 + this.#dice.below(3); count > 0; count -= 1) {
      const here = names.filter((name) => opened.has(name) || this.#codes.has(name));
      const unopened = plans.find(({ name }) => !opened.has(name));
      const act = this.#dice.below(100);
      if (unopened && act < 40) {
        opened.add(unopened.name);
        acts.push(() => this.#open(unopened, process));
      } else if (here.length > 0 && act < 60) acts.push(this.#deposit(this.#dice.pick(here), process));
      else if (here.length > 0 && act < 66) acts.push(this.#grant(this.#dice.pick(here), process));
      else if (here.length > 0 && act < 74) acts.push(this.#register(client, this.#dice.pick(here), process));
      else acts.push(this.#use(names, client, process));
    }
    return async () => {
      for (const act of acts) await act();
    };
  }

  async #open(plan: Planned, process: ApiProcess): Promise<void> {
    const { name, email, referrer, newAccount, signedUpAtMs } = plan;
    const body = {
      externalId: name,
      email,
      signedUpAt: new Date(signedUpAtMs).toISOString(),
      referralCode: referrer === null ? null : this.#codes.get(referrer),
      ...(newAccount ? {} : { newAccount }),
    };
    this.model.open(plan, this.#nowMs);
    const answer = await process.call("POST", "/api/v1/accounts", { body });
    expect([answer.status, `open ${name}`]).toEqual([201, `open ${name}`]);
    this.#codes.set(name, Account.parse(answer.body).referralCode);
  }

  /** Sends the same once or several times, one after the other or together: it happens once. */
  #once(process: ApiProcess, path: string, body: unknown): () => Promise<void> {
    const copies = this.#dice.chance(25) ? 2 + this.#dice.below(2) : 1;
    const together = this.#dice.chance(50);
    return async () => {
      const call = async () => (await process.call("POST", path, { body })).status;
      const statuses: number[] = [];
      if (together) statuses.push(...(await Promise.all(Array.from({ length: copies }, call))));
      else for (let copy = 0; copy < copies; copy += 1) statuses.push(await call());
      expect(statuses.sort()).toEqual([...Array.from({ length: copies - 1 }, () => 200), 201]);
    };
  }

  #deposit(name: string, process: ApiProcess): () => Promise<void> {
    const amount = this.#dice.nanos(25) + 1n;
    const body = { reference: this.#fresh("d"), amount: decimal(amount), method: "card" };
    const send = this.#once(process, `/api/v1/accounts/${name}/deposits`, body);
    return () => {
      this.model.deposit(name, amount);
      return send();
    };
  }

  #grant(name: string, process: ApiProcess): () => Promise<void> {
    const amount = this.#dice.nanos(4) + 1n;
    const bucket = this.#dice.pick(["promo", "earned"] as const);
    const body = { reference: this.#fresh("g"), bucket, amount: decimal(amount), reason: "thank you" };
    const send = this.#once(process, `/api/v1/accounts/${name}/grants`, body);
    return () => {
      this.model.grant(name, bucket, amount);
      return send();
    };
  }

  #register(client: number, creator: string, process: ApiProcess): () => Promise<void> {
    const template = this.#templates[client];
    if (template === undefined || this.model.templates.has(template)) return async () => {};
    const send = this.#once(process, "/api/v1/templates", { externalId: template, creator, name: "T" });
    return async () => {
      if (this.model.templates.has(template)) return;
      this.model.register(template, creator, this.#nowMs);
      await send();
    };
  }

  #use(names: readonly string[], client: number, process: ApiProcess): () => Promise<void> {
    const earlier = this.#sent[client] ?? [];
    const batch: SentEvent[] = [];
    for (let count = 1 + this.#dice.below(10); count > 0; count -= 1) {
      const known = [...earlier, ...batch];
      batch.push(
        known.length > 0 && this.#dice.chance(15) ? this.#dice.pick(known) : this.#event(this.#dice.pick(names)),
      );
    }
    earlier.push(...batch);
    const copies = this.#dice.chance(20) ? 2 : 1;
    const query = this.#dice.chance(15) ? "?atomic=true" : "";
    return async () => {
      const outcomes = Array.from({ length: copies }, () =>
        batch.map(({ usage }) => this.model.use(usage, this.#nowMs)),
      ).flat();
      const sent = await Promise.all(
        Array.from({ length: copies }, () =>
          process.send(
            batch.map(({ json }) => json),
            query,
          ),
        ),
      );
      const found = sent.map(({ accepted, duplicates, quarantined }) => [accepted, duplicates, quarantined]);
      expect(found.reduce((sum, each) => sum.map((count, at) => count + (each[at] ?? 0)))).toEqual(
        ["accepted", "duplicate", "quarantined"].map((kind) => outcomes.filter((each) => each === kind).length),
      );
    };
  }

  #event(subject: string): SentEvent {
    const id = this.#fresh("e");
    const endedAtMs = this.#time(subject);
    const template = this.#dice.chance(50) ? this.#dice.pick(this.#templates) : null;
    const metered = this.#dice.chance(60) ? this.#metered() : this.#priced();
    const { data, ...cost } = metered;
    const json = {
      specversion: "1.0",
      type: "usage",
      source: this.name,
      id,
      subject,
      time: new Date(endedAtMs).toISOString(),
      data: { ...data, ...(template === null ? {} : { template }) },
    };
    return { json, usage: { key: id, subject, endedAtMs, template, ...cost } };
  }

  #metered() {
    const sku = this.#dice.pick(Object.keys(rateCard));
    const rate = rateCard[sku];
    if (!rate) throw new Error(`No rate for ${sku}`);
    const quantity = this.#dice.pick(quantities);
    const durationMs = BigInt(this.#dice.below(this.#dice.chance(30) ? 36_000_000 : 1_000_000));
    const product = quantity.milli * durationMs * rate.price;
    const unit = 1_000n * rate.unitMs;
    // Half up: twice the product and once the unit, over twice the unit.
    const charge = (product * 2n + unit) / (unit * 2n);
    const data = { sku, durationMs: Number(durationMs), quantity: quantity.sent };
    return { data, charge, durationMs, service: rate.service };
  }

  #priced() {
    const service = this.#dice.pick(["pod", "pod", "serverless", "storage"] as const);
    const charge = this.#dice.nanos(5);
    const durationMs = BigInt(this.#dice.below(7_200_000));
    return { data: { service, amount: decimal(charge), durationMs: Number(durationMs) }, charge, durationMs, service };
  }

  /** Some instant before now; at times the very end of the account's referral window, or the millisecond before. */
  #time(subject: string): number {
    const plan = this.#plans.flat().find(({ name }) => name === subject);
    const end = plan ? sixMonthsAfter(plan.signedUpAtMs) : Number.POSITIVE_INFINITY;
    if (end <= this.#nowMs && this.#dice.chance(40)) return end - this.#dice.below(2);
    return this.#nowMs - this.#dice.below(120) * DAY_MS - this.#dice.below(DAY_MS);
  }

  #fresh(kind: string): string {
    this.#numbers += 1;
    return `${this.name}.${kind}${this.#numbers}`;
  }

  /** A sweep was made: tells the model which draws were drawn, and what comes out of them when they are repeated. */
  async readDraws(): Promise<void> {
    const accounts = [...this.model.accounts.values()].map((account) => ({
      account,
      ...expectedDraws(this.model, account),
    }));
    await Promise.all(
      accounts
        .filter(({ own, ofReferrals }) => own + ofReferrals > 0)
        .map(async ({ account, own, ofReferrals }) => {
          const { bonus, earnings } = await this.api.account(account.name);
          const referralDraws = earnings.referralBonuses?.draws ?? [];
          expect(referralDraws).toHaveLength(ofReferrals);
          const ids = [...(own === 1 ? [bonus.drawId] : []), ...referralDraws];
          for (const id of ids.filter((each) => !account.drawn.has(each))) await this.#readDraw(account.name, id);
        }),
    );
  }

  async #readDraw(beneficiary: string, id: string): Promise<void> {
    const { status, body } = await this.api.call("GET", `/api/v1/draws/${id}`);
    expect(status).toBe(200);
    const draw = PublishedDraw.parse(body);
    if (draw.state !== "drawn") return;
    const amount = BigInt(recomputeCents(draw)) * 10_000_000n;
    expect(draw.amount).toBe(decimal(amount));
    this.model.draw(beneficiary, id, amount);
  }

  /** Every number of every account and template is the model's. */
  async compare(): Promise<void> {
    for (const account of this.model.accounts.values()) {
      const found = await this.api.account(account.name);
      expect({ name: account.name, ...found }).toMatchObject({
        name: account.name,
        ...expectedAccount(this.model, account),
      });
      const { own } = expectedDraws(this.model, account);
      const before = account.notEligible === null ? ["locked"] : ["not_eligible"];
      expect(own === 1 ? ["due", "bound", "drawn"] : before).toContain(found.bonus.state);
      const drawn = account.drawn.get(found.bonus.drawId);
      expect(found.bonus.amount).toBe(drawn === undefined ? null : decimal(drawn));
    }
    for (const template of this.model.templates.keys()) {
      const found = await this.api.template(template);
      expect({ template, ...found }).toMatchObject({ template, ...expectedTemplate(this.model, template) });
    }
  }
}

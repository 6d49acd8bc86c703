import { expect } from "vitest";
import { Account } from "@/lib/api/accounts";
import type { ApiHarness, ApiProcess } from "./api-harness";
import { Dice } from "./dice";
import { randomEvent, type SentEvent } from "./random-usage";
import { decimal, ReferenceModel, sixMonthsAfter } from "./reference-model";

const DAY_MS = 86_400_000;
const CLIENTS = 4;

interface Planned {
  name: string;
  email: string | null;
  referrer: string | null;
  newAccount: boolean;
  signedUpAtMs: number;
}

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
    for (const name of referrers) {
      await this.#open({ ...this.#plan(name), referrer: null, email: `${name}@example.com` }, this.api);
    }
    for (let client = 0; client < CLIENTS; client += 1) {
      const count = 1 + this.#dice.below(2);
      const plans = Array.from({ length: count }, (_, index) => this.#plan(`${this.name}.c${client}.${index}`));
      this.#plans.push(
        plans.map((plan) => (this.#dice.chance(70) ? { ...plan, referrer: this.#dice.pick(referrers) } : plan)),
      );
    }
  }

  #plan(name: string): Planned {
    const kind = this.#dice.below(10);
    // Two spellings of one mailbox, and the mailbox of a referrer: nobody who comes second is new.
    const shared = [`${name.slice(0, -1)}x+${this.#dice.below(9)}@example.com`, `${this.name}.ref0+me@example.com`];
    return {
      name,
      email: kind < 3 ? null : kind < 7 ? this.#dice.pick(shared) : `${name}@example.com`,
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
    const template = this.#dice.chance(50) ? this.#dice.pick(this.#templates) : null;
    const key = { source: this.name, id: this.#fresh("e") };
    return randomEvent(this.#dice, { ...key, subject, endedAtMs: this.#time(subject), template });
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
}

import { accountOf, type ModelAccount, newAccount, notEligible } from "./accounts";
import { Accruals } from "./accruals";
import { Draws } from "./draws";
import type { Happening, ModelSignUp, ReversalReason } from "./history";
import { line, paidSpend } from "./line";
import { betaGate, commissionParts, referredBy } from "./pairs";
import { Rewards, type Standing } from "./rewards";
import { commissionPrograms } from "./rules";
import { Templates } from "./templates";
import { type ModelVersions, versionOf } from "./terms";
import { charge, give, giveBack } from "./wallet";

/** More than one happening makes of anything. */
const NUMBERS = 2;

interface ModelDeposit {
  account: string;
  amount: bigint;
  reversed: Record<ReversalReason, bigint>;
}

interface ModelApplication {
  state: "submitted" | "accepted" | "declined";
  decidedAtMs: number;
}

/**
 * All books that a history leaves behind, computed from its beginning, plainly and slowly: after every posting what
 * rests on paid spend is judged from the whole line again. Imports nothing of the product, on purpose.
 */
export class Books {
  readonly accounts = new Map<string, ModelAccount>();
  readonly deposits = new Map<string, ModelDeposit>();
  /** The newest of each referrer. */
  readonly applications = new Map<string, ModelApplication>();
  readonly #templates = new Templates(this.accounts);
  readonly #rewards = new Rewards(this.accounts);
  readonly #draws: Draws;
  /** Events and voids whose account does not exist yet, in order of arrival. */
  readonly #waiting: Extract<Happening, { kind: "usage" | "void" }>[] = [];
  /** Keys of events that are taken back as soon as they come. */
  readonly #waitingVoids = new Set<string>();
  /** Accounts that passed a trigger, either way, since the last sweep, in the order in which they last did. */
  #passed: string[] = [];
  readonly #accruals = new Accruals();
  #nowMs = 0;
  /** Of the happening: what it makes is numbered in its order, up to `NUMBERS` things of each. */
  #number = 0;

  constructor(
    history: readonly Happening[],
    readonly versions: ModelVersions,
  ) {
    this.#draws = new Draws(this.accounts, versions);
    for (const happening of history) this.#happen(happening);
  }

  account = (name: string): ModelAccount => accountOf(this.accounts, name);
  line = line;
  paidSpend = paidSpend;
  referredBy = (name: string) => referredBy(this.accounts, name);
  betaGate = (name: string) => betaGate(this.accounts, name, this.versions);
  commissionParts = (name: string) =>
    commissionPrograms.flatMap((program) => commissionParts(this.accounts, name, program, this.versions));

  get rewards() {
    return this.#rewards.all;
  }

  get draws() {
    return this.#draws.all;
  }

  get ended() {
    return this.#rewards.ended;
  }

  get templates() {
    return this.#templates.all;
  }

  royalty = (template: string) => this.#templates.royalty(template);
  templateSpend = (template: string) => this.#templates.spend(template);
  runtimeMs = (template: string) => this.#templates.runtimeMs(template);
  users = (template: string) => this.#templates.users(template);

  /** Of a part of commission, or of `royalty TEMPLATE`, as of the last sweep. */
  posted = (source: string) => this.#accruals.posted(source);

  #happen(happening: Happening): void {
    const { kind, atMs } = happening;
    this.#nowMs = atMs;
    this.#number += NUMBERS;
    if (kind === "opened") this.#open(happening.account, happening.version ?? 0, atMs);
    else if (kind === "usage") this.#use(happening, atMs);
    else if (kind === "void") this.#takeBack(happening);
    else if (kind === "deposit") this.#deposit(happening);
    else if (kind === "reversal") this.#reverse(happening);
    else if (kind === "grant") this.#grant(happening);
    else if (kind === "template") this.#register(happening);
    else if (kind === "enrolled") this.#enrol(happening);
    else if (kind === "applied") this.applications.set(happening.account, { state: "submitted", decidedAtMs: 0 });
    else if (kind === "decided") {
      const state = happening.accept ? "accepted" : "declined";
      this.applications.set(happening.account, { state, decidedAtMs: atMs });
    } else if (kind === "swept") this.#sweep();
    else {
      const { draw, amount } = this.#draws.reveal(happening.trigger, happening.side, happening.amount);
      this.#rewards.draw(draw, amount, atMs);
    }
  }

  #open(signUp: ModelSignUp, version: number, atMs: number): void {
    const inForce = { versions: this.versions, version, number: this.#number };
    this.accounts.set(signUp.name, newAccount(this.accounts, signUp, inForce));
    for (const waiting of this.#waiting.splice(0)) {
      if ((waiting.kind === "usage" ? waiting.usage.subject : waiting.subject) !== signUp.name) {
        this.#waiting.push(waiting);
      } else if (waiting.kind === "usage") this.#use(waiting, atMs);
      else this.#takeBack(waiting);
    }
  }

  #use(happening: Extract<Happening, { kind: "usage" }>, postedAtMs: number): void {
    const { usage } = happening;
    const account = this.accounts.get(usage.subject);
    if (!account) {
      this.#waiting.push(happening);
      return;
    }
    this.#posting(account, () => charge(account, usage, postedAtMs));
    if (this.#waitingVoids.delete(usage.key)) this.#voidOf(account, usage.key);
  }

  #takeBack(happening: Extract<Happening, { kind: "void" }>): void {
    const account = this.accounts.get(happening.subject);
    if (!account) this.#waiting.push(happening);
    else if (account.usage.some(({ key }) => key === happening.voids)) this.#voidOf(account, happening.voids);
    else this.#waitingVoids.add(happening.voids);
  }

  #voidOf(account: ModelAccount, key: string): void {
    const event = account.usage.find((each) => each.key === key);
    if (!event || event.voided) return;
    this.#posting(account, () => {
      event.voided = true;
      event.neverJoined = event.template === null || !this.templates.has(event.template);
      giveBack(account, event);
    });
  }

  #grant({ account, bucket, amount, expiresAtMs }: Extract<Happening, { kind: "grant" }>): void {
    give(this.account(account), bucket, amount, { source: "grant", expiresAtMs });
  }

  #deposit({ account: name, reference, amount }: Extract<Happening, { kind: "deposit" }>): void {
    const account = this.account(name);
    this.deposits.set(reference, { account: name, amount, reversed: { refund: 0n, chargeback: 0n, dispute_won: 0n } });
    this.#posting(account, () => {
      account.paidNet += amount;
      account.deposited += amount;
      account.loaded += amount;
    });
  }

  #reverse({ deposit, amount, reason }: Extract<Happening, { kind: "reversal" }>): void {
    const found = this.deposits.get(deposit);
    if (!found) throw new Error(`The model has no deposit ${deposit}`);
    found.reversed[reason] += amount;
    const account = this.account(found.account);
    this.#posting(account, () => {
      const returned = reason === "dispute_won" ? amount : -amount;
      account.paidNet += returned;
      account.loaded += returned;
    });
  }

  #register({ template, creator, atMs, version = 0 }: Extract<Happening, { kind: "template" }>): void {
    const terms = versionOf(this.versions, "template-beta", version);
    this.#templates.register(template, { creator, registeredAtMs: atMs, terms });
  }

  /** What was deposited before may have reached a trigger of the new terms already. */
  #enrol({ account: name, program, enrolledIn = 0, version = 0 }: Extract<Happening, { kind: "enrolled" }>): void {
    const account = this.account(name);
    if (program === "serverless-referral-beta") {
      this.#rewards.promiseMilestone(account, versionOf(this.versions, program, enrolledIn), this.#number);
    } else {
      account.program = program;
      account.version = enrolledIn;
      account.bonusTerms =
        program === "referral"
          ? versionOf(this.versions, program, enrolledIn)
          : versionOf(this.versions, "signup-bonus", version);
      account.notEligible = notEligible(account, account.isNew, account.bonusTerms);
    }
    this.#judge(account, { bonus: false, milestone: false });
  }

  /** One posting: changes the account, and answers what that did to everything that rests on its paid spend. */
  #posting(account: ModelAccount, change: () => void): void {
    const before = this.#rewards.standing(account);
    change();
    this.#judge(account, before);
    this.#templates.meetGates();
  }

  #judge(account: ModelAccount, before: Standing): void {
    const now = this.#rewards.standing(account);
    if (now.bonus && !account.bonusReached) {
      account.bonusReached = true;
      this.#draws.makeDue(account, this.#nowMs);
    }
    this.#rewards.follow(account, "own", this.#nowMs);
    const givesToReferrer = this.#draws.refersBonus(account) || this.#rewards.hasMilestone(account);
    if (givesToReferrer && (now.bonus !== before.bonus || now.milestone !== before.milestone)) {
      this.#passed = [...this.#passed.filter((name) => name !== account.name), account.name];
    }
  }

  /** First what stands or falls at referrers, then every accrual, floored to whole nano-dollars. */
  #sweep(): void {
    for (const name of this.#passed) this.#rewards.follow(this.account(name), "referrer's", this.#nowMs);
    this.#passed = [];
    for (const account of this.accounts.values()) {
      for (const { program, source, accrued, most } of this.commissionParts(account.name)) {
        const open = program === "referral" || this.applications.get(account.name)?.state === "accepted";
        this.#accruals.sweep(account, { source, accrued, most, open });
      }
    }
    for (const [name, { creator, gateMet }] of this.templates) {
      const royalty = { source: `royalty ${name}`, accrued: this.royalty(name), most: null, open: gateMet };
      this.#accruals.sweep(this.account(creator), royalty);
    }
    this.#rewards.release(this.#nowMs);
    this.#draws.decide();
    for (const account of this.accounts.values()) this.#rewards.expire(account, this.#nowMs);
  }
}

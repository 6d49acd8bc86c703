import { accountOf, type ModelAccount, newAccount } from "./accounts";
import { Accruals } from "./accruals";
import type { Happening, ModelSignUp, ReversalReason } from "./history";
import { line, paidSpend } from "./line";
import { betaGateMet, commission, referredBy } from "./pairs";
import { Rewards } from "./rewards";
import { type CommissionProgram, commissionPrograms, type ModelTerms } from "./rules";
import { Templates } from "./templates";
import { charge, give, giveBack } from "./wallet";

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
  readonly #rewards: Rewards;
  /** Events and voids whose account does not exist yet, in order of arrival. */
  readonly #waiting: Extract<Happening, { kind: "usage" | "void" }>[] = [];
  /** Keys of events that are taken back as soon as they come. */
  readonly #waitingVoids = new Set<string>();
  /** Accounts whose paid spend passed a trigger since the last sweep, in the order in which they last did. */
  #passed: string[] = [];
  readonly #accruals = new Accruals();
  #nowMs = 0;

  constructor(
    history: readonly Happening[],
    readonly terms: ModelTerms,
  ) {
    this.#rewards = new Rewards(this.accounts, terms.milestone);
    for (const happening of history) this.#happen(happening);
  }

  account = (name: string): ModelAccount => accountOf(this.accounts, name);
  line = line;
  paidSpend = paidSpend;
  referredBy = (name: string) => referredBy(this.accounts, name);
  betaGateMet = (name: string) => betaGateMet(this.accounts, name, this.terms.betaGate);
  commission = (name: string, program: CommissionProgram) => commission(this.accounts, name, program);

  get rewards() {
    return this.#rewards.all;
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

  /** Of `PROGRAM NAME` or `royalty TEMPLATE`, as of the last sweep. */
  posted = (source: string) => this.#accruals.posted(source);

  /** Whether its referrer has a draw when it qualifies. */
  refersBonus = ({ pairStands, program, notEligible }: ModelAccount): boolean =>
    pairStands && program === "referral" && notEligible === null;

  #happen(happening: Happening): void {
    const { kind, atMs } = happening;
    this.#nowMs = atMs;
    if (kind === "opened") this.#open(happening.account, atMs);
    else if (kind === "usage") this.#use(happening, atMs);
    else if (kind === "void") this.#takeBack(happening);
    else if (kind === "deposit") this.#deposit(happening);
    else if (kind === "reversal") this.#reverse(happening);
    else if (kind === "grant") this.#grant(happening);
    else if (kind === "template") this.#templates.register(happening.template, happening.creator, atMs);
    else if (kind === "enrolled") this.#enrol(this.account(happening.account), happening.program);
    else if (kind === "applied") this.applications.set(happening.account, { state: "submitted", decidedAtMs: 0 });
    else if (kind === "decided") {
      const state = happening.accept ? "accepted" : "declined";
      this.applications.set(happening.account, { state, decidedAtMs: atMs });
    } else if (kind === "swept") this.#sweep();
    else this.#rewards.draw(this.account(happening.trigger), happening.side, happening.amount, atMs);
  }

  #open(signUp: ModelSignUp, atMs: number): void {
    this.accounts.set(signUp.name, newAccount(this.accounts, signUp));
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
    });
  }

  #reverse({ deposit, amount, reason }: Extract<Happening, { kind: "reversal" }>): void {
    const found = this.deposits.get(deposit);
    if (!found) throw new Error(`The model has no deposit ${deposit}`);
    found.reversed[reason] += amount;
    const account = this.account(found.account);
    this.#posting(account, () => {
      account.paidNet += reason === "dispute_won" ? amount : -amount;
    });
  }

  #enrol(account: ModelAccount, program: CommissionProgram | "serverless-referral-beta"): void {
    if (program === "serverless-referral-beta") this.#rewards.promiseMilestone(account);
    else account.program = program;
  }

  /** One posting: changes the account, and answers what that did to everything that rests on its paid spend. */
  #posting(account: ModelAccount, change: () => void): void {
    const before = this.#rewards.standing(account);
    change();
    const now = this.#rewards.standing(account);
    if (now.bonus) account.bonusReached = true;
    this.#rewards.follow(account, "own", this.#nowMs);
    const givesToReferrer = this.refersBonus(account) || this.#rewards.hasMilestone(account);
    if (givesToReferrer && (now.bonus !== before.bonus || now.milestone !== before.milestone)) {
      this.#passed = [...this.#passed.filter((name) => name !== account.name), account.name];
    }
    this.#templates.meetGates();
  }

  /** First what stands or falls at referrers, then every accrual, floored to whole nano-dollars. */
  #sweep(): void {
    for (const name of this.#passed) this.#rewards.follow(this.account(name), "referrer's", this.#nowMs);
    this.#passed = [];
    for (const { name } of this.accounts.values()) {
      for (const program of commissionPrograms) {
        const open = program === "referral" || this.applications.get(name)?.state === "accepted";
        const accrued = this.commission(name, program);
        this.#accruals.sweep(`${program} ${name}`, this.account(name), accrued, open);
      }
    }
    for (const [name, { creator, gateMet }] of this.templates) {
      this.#accruals.sweep(`royalty ${name}`, this.account(creator), this.royalty(name), gateMet);
    }
    this.#rewards.release(this.#nowMs);
    for (const account of this.accounts.values()) this.#rewards.expire(account, this.#nowMs);
  }
}

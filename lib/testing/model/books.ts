import type { DrawSide, Happening, ModelSignUp, ModelUsage, ReversalReason } from "./history";
import { type DrawnFrom, type ModelLot, takeFrom } from "./lots";
import {
  atLeastZero,
  BONUS_TRIGGER,
  byService,
  CLAIM_MS,
  type CommissionProgram,
  commissionPrograms,
  commissionRates,
  least,
  type ModelTerms,
  normalised,
  ROYALTY_RATE,
  type ServiceName,
  sixMonthsAfter,
  sum,
  TEMPLATE_GATE_MS,
} from "./rules";

export interface PostedUsage extends ModelUsage {
  postedAtMs: number;
  promo: bigint;
  earned: bigint;
  paid: bigint;
  /** The lots that paid. */
  drawn: DrawnFrom[];
  voided: boolean;
  /** Whether it was taken back before its template was known, and so never counted for it. */
  neverJoined: boolean;
}

export interface ModelAccount extends ModelSignUp {
  notEligible: "not_new" | "imported" | null;
  /** Whether the pair earns its referrer anything. */
  pairStands: boolean;
  program: CommissionProgram;
  usage: PostedUsage[];
  promo: bigint;
  earned: bigint;
  /** What promo and earned are made of, oldest first. */
  lots: ModelLot[];
  /** Rewards that are posted and not released. */
  promoHeld: bigint;
  /** Money less what was drawn from it; below zero is arrears. */
  paidNet: bigint;
  debt: bigint;
  deposited: bigint;
  /** Whether its paid spend ever stood at the trigger of its bonus: then its draws are due, for ever. */
  bonusReached: boolean;
}

export interface ModelReward {
  kind: "bonus" | "milestone";
  /** Whose paid spend it rests on. */
  trigger: string;
  beneficiary: string;
  amount: bigint;
  posted: boolean;
  /** Not released yet; since when that waits for its time, and when what came of it ends. */
  held: boolean;
  holdMs: number;
  lifeMs: number | null;
  releaseAtMs: number | null;
  expiresAtMs: number | null;
  expired: bigint;
}

interface ModelTemplate {
  creator: string;
  registeredAtMs: number;
  gateMet: boolean;
}

interface ModelDeposit {
  account: string;
  amount: bigint;
  reversed: Record<ReversalReason, bigint>;
}

export interface ModelApplication {
  state: "submitted" | "accepted" | "declined";
  decidedAtMs: number;
}

/** What sweeps have posted for one program (or template) of one beneficiary. */
interface Posted {
  pending: bigint;
  released: bigint;
}

interface Standing {
  bonus: boolean;
  milestone: boolean;
}

const notPosted = { posted: false, releaseAtMs: null, expiresAtMs: null, expired: 0n } as const;

const bucketOf = ({ kind }: ModelReward) => (kind === "bonus" ? "promo" : "earned");
const sourceOf = ({ kind, trigger }: ModelReward): string => `${kind} for ${trigger}`;

/**
 * All books that a history leaves behind, computed from its beginning, plainly and slowly: after every posting what
 * rests on paid spend is judged from the whole line again. Imports nothing of the product, on purpose.
 */
export class Books {
  readonly accounts = new Map<string, ModelAccount>();
  readonly templates = new Map<string, ModelTemplate>();
  readonly deposits = new Map<string, ModelDeposit>();
  readonly rewards: ModelReward[] = [];
  /** The newest of each referrer. */
  readonly applications = new Map<string, ModelApplication>();
  /** Events and voids whose account does not exist yet, in order of arrival. */
  readonly #waiting: Extract<Happening, { kind: "usage" | "void" }>[] = [];
  /** Keys of events that are taken back as soon as they come. */
  readonly waitingVoids = new Set<string>();
  /** Accounts whose paid spend passed a trigger since the last sweep, in the order in which they last did. */
  #passed: string[] = [];
  readonly #swept = new Map<string, Posted>();
  #nowMs = 0;
  /** How often credit expired unspent, and held rewards were released. */
  readonly ended = { expiries: 0, releases: 0 };

  constructor(
    history: readonly Happening[],
    readonly terms: ModelTerms,
  ) {
    for (const happening of history) this.#happen(happening);
  }

  account(name: string): ModelAccount {
    const found = this.accounts.get(name);
    if (!found) throw new Error(`The model has no account ${name}`);
    return found;
  }

  #happen(happening: Happening): void {
    const { kind, atMs } = happening;
    this.#nowMs = atMs;
    if (kind === "opened") this.#open(happening.account, atMs);
    else if (kind === "usage") this.#use(happening, atMs);
    else if (kind === "void") this.#takeBack(happening);
    else if (kind === "deposit") this.#deposit(happening);
    else if (kind === "reversal") this.#reverse(happening);
    else if (kind === "grant") this.#grant(happening);
    else if (kind === "template") this.#register(happening.template, happening.creator, atMs);
    else if (kind === "enrolled") this.#enrol(this.account(happening.account), happening.program);
    else if (kind === "applied") this.applications.set(happening.account, { state: "submitted", decidedAtMs: 0 });
    else if (kind === "decided") {
      const state = happening.accept ? "accepted" : "declined";
      this.applications.set(happening.account, { state, decidedAtMs: atMs });
    } else if (kind === "swept") this.#sweep();
    else this.#draw(this.account(happening.trigger), happening.side, happening.amount);
  }

  #open(signUp: ModelSignUp, atMs: number): void {
    const { email, newAccount, referrer } = signUp;
    const known = [...this.accounts.values()].flatMap((other) => (other.email === null ? [] : normalised(other.email)));
    const isNew = email === null || !known.includes(normalised(email));
    const referrerEmail = referrer === null ? null : this.account(referrer).email;
    const isSelf = email !== null && referrerEmail !== null && normalised(email) === normalised(referrerEmail);
    this.accounts.set(signUp.name, {
      ...signUp,
      notEligible: newAccount ? (isNew ? null : "not_new") : "imported",
      pairStands: referrer !== null && (isNew || !newAccount) && !isSelf,
      program: "referral",
      usage: [],
      promo: 0n,
      earned: 0n,
      lots: [],
      promoHeld: 0n,
      paidNet: 0n,
      debt: 0n,
      deposited: 0n,
      bonusReached: false,
    });
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
    this.#posting(account, () => {
      const promo = least(usage.charge, account.promo);
      const earned = least(usage.charge - promo, account.earned);
      const paid = usage.charge - promo - earned;
      const drawn = [...takeFrom(account.lots, "promo", promo), ...takeFrom(account.lots, "earned", earned)];
      account.promo -= promo;
      account.earned -= earned;
      account.paidNet -= paid;
      account.usage.push({ ...usage, postedAtMs, promo, earned, paid, drawn, voided: false, neverJoined: false });
    });
    if (this.waitingVoids.delete(usage.key)) this.#voidOf(account, usage.key);
  }

  #takeBack(happening: Extract<Happening, { kind: "void" }>): void {
    const account = this.accounts.get(happening.subject);
    if (!account) this.#waiting.push(happening);
    else if (account.usage.some(({ key }) => key === happening.voids)) this.#voidOf(account, happening.voids);
    else this.waitingVoids.add(happening.voids);
  }

  #voidOf(account: ModelAccount, key: string): void {
    const event = account.usage.find((each) => each.key === key);
    if (!event || event.voided) return;
    this.#posting(account, () => {
      event.voided = true;
      event.neverJoined = event.template === null || !this.templates.has(event.template);
      account.paidNet += event.paid;
      for (const { lot, amount } of event.drawn) lot.left += amount;
      for (const bucket of ["promo", "earned"] as const) {
        const settled = least(account.debt, event[bucket]);
        takeFrom(account.lots, bucket, settled);
        account.debt -= settled;
        account[bucket] += event[bucket] - settled;
      }
    });
  }

  #grant({ account, bucket, amount, expiresAtMs }: Extract<Happening, { kind: "grant" }>): void {
    this.#give(this.account(account), bucket, amount, { source: "grant", expiresAtMs });
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

  #register(template: string, creator: string, registeredAtMs: number): void {
    this.templates.set(template, { creator, registeredAtMs, gateMet: false });
    this.#meetGates();
  }

  #enrol(account: ModelAccount, program: CommissionProgram | "serverless-referral-beta"): void {
    if (program !== "serverless-referral-beta") account.program = program;
    else if (this.#hasMilestone(account) || account.referrer === null) return;
    else {
      const { amount, holdMs, lifeMs } = this.terms.milestone;
      for (const beneficiary of [account.name, account.referrer]) {
        const resting = { kind: "milestone", trigger: account.name, beneficiary, amount } as const;
        this.rewards.push({ ...resting, ...notPosted, held: holdMs > 0, holdMs, lifeMs });
      }
    }
  }

  #draw(trigger: ModelAccount, side: DrawSide, amount: bigint): void {
    const beneficiary = side === "new-account" ? trigger.name : trigger.referrer;
    if (beneficiary === null) throw new Error(`${trigger.name} has no referrer to draw for`);
    const resting = { kind: "bonus", trigger: trigger.name, beneficiary, amount } as const;
    const reward: ModelReward = { ...resting, ...notPosted, held: false, holdMs: 0, lifeMs: null };
    this.rewards.push(reward);
    this.#follow(reward);
  }

  /** One posting: changes the account, and answers what that did to everything that rests on its paid spend. */
  #posting(account: ModelAccount, change: () => void): void {
    const before = this.standing(account);
    change();
    const now = this.standing(account);
    if (now.bonus) account.bonusReached = true;
    for (const reward of this.#restingOn(account)) if (reward.beneficiary === account.name) this.#follow(reward);
    const givesToReferrer = this.refersBonus(account) || this.#hasMilestone(account);
    if (givesToReferrer && (now.bonus !== before.bonus || now.milestone !== before.milestone)) {
      this.#passed = [...this.#passed.filter((name) => name !== account.name), account.name];
    }
    this.#meetGates();
  }

  /** A bonus or milestone stands while its paid spend is at or above its trigger. */
  standing(account: ModelAccount): Standing {
    const spent = this.paidSpend(account);
    return {
      bonus: account.notEligible === null && sum(Object.values(spent)) >= BONUS_TRIGGER,
      milestone: this.#hasMilestone(account) && spent.serverless >= this.terms.milestone.trigger,
    };
  }

  #hasMilestone = ({ name }: ModelAccount): boolean =>
    this.rewards.some(({ kind, trigger }) => kind === "milestone" && trigger === name);

  /** Whether its referrer has a draw when it qualifies. */
  refersBonus = ({ pairStands, program, notEligible }: ModelAccount): boolean =>
    pairStands && program === "referral" && notEligible === null;

  #restingOn = ({ name }: ModelAccount): ModelReward[] =>
    (["bonus", "milestone"] as const).flatMap((kind) =>
      this.rewards.filter((reward) => reward.kind === kind && reward.trigger === name),
    );

  #follow(reward: ModelReward): void {
    const stands = this.standing(this.account(reward.trigger))[reward.kind];
    const left = reward.amount - reward.expired;
    if (stands === reward.posted || left === 0n) return;
    reward.posted = stands;
    const beneficiary = this.account(reward.beneficiary);
    if (reward.held) {
      reward.releaseAtMs ??= this.#nowMs + reward.holdMs;
      beneficiary.promoHeld += stands ? left : -left;
    } else if (stands) this.#makeSpendable(reward, left);
    else this.#take(beneficiary, bucketOf(reward), left, sourceOf(reward));
  }

  /** Its life begins when it can be spent for the first time, and never again. */
  #makeSpendable(reward: ModelReward, amount: bigint): void {
    if (reward.lifeMs !== null) reward.expiresAtMs ??= this.#nowMs + reward.lifeMs;
    const { expiresAtMs } = reward;
    this.#give(this.account(reward.beneficiary), bucketOf(reward), amount, { source: sourceOf(reward), expiresAtMs });
  }

  /** Promotional credit settles debt first; what is left is a lot of its own. */
  #give(
    account: ModelAccount,
    bucket: "promo" | "earned",
    amount: bigint,
    { source, expiresAtMs }: { source: string; expiresAtMs: number | null },
  ): void {
    const settled = least(account.debt, amount);
    const left = amount - settled;
    account.debt -= settled;
    account[bucket] += left;
    if (left > 0n) account.lots.push({ bucket, source, left, expiresAtMs: expiresAtMs ?? Number.POSITIVE_INFINITY });
  }

  /** From its bucket down to zero, what came of the same source first; the rest becomes debt. */
  #take(account: ModelAccount, bucket: "promo" | "earned", amount: bigint, source: string): void {
    const taken = least(account[bucket], amount);
    takeFrom(account.lots, bucket, taken, source);
    account[bucket] -= taken;
    account.debt += amount - taken;
  }

  /** What is left of an account's line: the draws from *paid* of events that were not taken back. */
  line = (account: ModelAccount): PostedUsage[] => account.usage.filter(({ voided }) => !voided);

  /** Money covers the line from the front: what is owed is uncovered, from the end. One part for each event of it. */
  covered(account: ModelAccount): bigint[] {
    let owed = atLeastZero(-account.paidNet);
    const covered: bigint[] = [];
    for (const { paid } of this.line(account).reverse()) {
      const open = least(owed, paid);
      owed -= open;
      covered.push(paid - open);
    }
    return covered.reverse();
  }

  /** Of the events of an account's line that count, the part that money covers, summed as `weight` says. */
  #coveredSum(account: ModelAccount, weight: (use: PostedUsage) => bigint): bigint {
    const covered = this.covered(account);
    return sum(this.line(account).map((use, at) => (covered[at] ?? 0n) * weight(use)));
  }

  paidSpend(account: ModelAccount): Record<ServiceName, bigint> {
    const covered = this.covered(account);
    const line = this.line(account);
    return byService((service) => sum(line.map((use, at) => (use.service === service ? (covered[at] ?? 0n) : 0n))));
  }

  referredBy(name: string): ModelAccount[] {
    return [...this.accounts.values()].filter(({ referrer }) => referrer === name);
  }

  /** How far a referrer is toward the gate of the beta program; null without a pair under it. */
  betaGateMet(name: string): boolean | null {
    const pairs = this.referredBy(name).filter(({ pairStands, program }) => pairStands && program === "referral-beta");
    if (pairs.length === 0) return null;
    const spends = pairs.map((account) => sum(Object.values(this.paidSpend(account))));
    const { accounts, spend } = this.terms.betaGate;
    return spends.filter((each) => each > 0n).length >= accounts && sum(spends) >= spend;
  }

  /** In 1e-13 dollars. */
  commission(name: string, program: CommissionProgram): bigint {
    const pairs = this.referredBy(name).filter((account) => account.pairStands && account.program === program);
    return sum(
      pairs.map((account) => {
        const end = program === "referral" ? sixMonthsAfter(account.signedUpAtMs) : Number.POSITIVE_INFINITY;
        return this.#coveredSum(account, (use) => (use.endedAtMs < end ? commissionRates[program][use.service] : 0n));
      }),
    );
  }

  #joined(name: string, registeredAtMs: number, use: PostedUsage): boolean {
    return use.service === "pod" && use.template === name && use.postedAtMs >= registeredAtMs - CLAIM_MS;
  }

  /** In 1e-13 dollars. */
  royalty = (template: string): bigint => this.templateSpend(template) * ROYALTY_RATE;

  /** Others' paid spend on pods started from it. */
  templateSpend(name: string): bigint {
    const template = this.templates.get(name);
    if (!template) return 0n;
    const others = [...this.accounts.values()].filter((account) => account.name !== template.creator);
    return sum(
      others.map((account) =>
        this.#coveredSum(account, (use) => (this.#joined(name, template.registeredAtMs, use) ? 1n : 0n)),
      ),
    );
  }

  /** Total runtime, everybody's. */
  runtimeMs(name: string): bigint {
    const template = this.templates.get(name);
    if (!template) return 0n;
    const all = [...this.accounts.values()].flatMap((account) => this.line(account));
    return sum(all.map((use) => (this.#joined(name, template.registeredAtMs, use) ? use.durationMs : 0n)));
  }

  /** Others who ever ran it. */
  users(name: string): number {
    const template = this.templates.get(name);
    if (!template) return 0;
    const ran = (use: PostedUsage) => !use.neverJoined && this.#joined(name, template.registeredAtMs, use);
    return [...this.accounts.values()].filter((account) => account.name !== template.creator && account.usage.some(ran))
      .length;
  }

  /** Once met, a gate stays met. */
  #meetGates(): void {
    for (const [name, template] of this.templates) {
      if (!template.gateMet && this.runtimeMs(name) >= TEMPLATE_GATE_MS) template.gateMet = true;
    }
  }

  /** First what stands or falls at referrers, then every accrual, floored to whole nano-dollars. */
  #sweep(): void {
    for (const name of this.#passed) {
      for (const reward of this.#restingOn(this.account(name))) if (reward.beneficiary !== name) this.#follow(reward);
    }
    this.#passed = [];
    for (const { name } of this.accounts.values()) {
      for (const program of commissionPrograms) {
        const open = program === "referral" || this.applications.get(name)?.state === "accepted";
        this.#sweepOne(`${program} ${name}`, name, this.commission(name, program), open);
      }
    }
    for (const [name, { creator, gateMet }] of this.templates) {
      this.#sweepOne(`royalty ${name}`, creator, this.royalty(name), gateMet);
    }
    this.#release();
    for (const account of this.accounts.values()) this.#expire(account);
  }

  /** Rewards held long enough, as their times came; those taken back will be spendable when they stand again. */
  #release(): void {
    const waiting = this.rewards.filter(({ held, releaseAtMs }) => held && (releaseAtMs ?? Infinity) <= this.#nowMs);
    for (const reward of waiting.sort((a, b) => (a.releaseAtMs ?? 0) - (b.releaseAtMs ?? 0))) {
      reward.held = false;
      if (!reward.posted) continue;
      this.ended.releases += 1;
      this.account(reward.beneficiary).promoHeld -= reward.amount;
      this.#makeSpendable(reward, reward.amount);
    }
  }

  /** What is left of credit whose time is over; of a reward only while it is posted, and no more than it is worth. */
  #expire(account: ModelAccount): void {
    for (const lot of account.lots.filter(({ expiresAtMs }) => expiresAtMs <= this.#nowMs)) {
      const reward = this.rewards.find((each) => each.beneficiary === account.name && sourceOf(each) === lot.source);
      const most = !reward ? lot.left : reward.posted ? reward.amount - reward.expired : 0n;
      const gone = least(lot.left, most);
      if (gone > 0n) this.ended.expiries += 1;
      lot.left -= gone;
      account[lot.bucket] -= gone;
      if (reward) reward.expired += gone;
    }
  }

  #sweepOne(source: string, beneficiary: string, accrued: bigint, open: boolean): void {
    const before = this.posted(source);
    const whole = accrued / 10_000n;
    const released = open ? whole : before.released;
    const account = this.account(beneficiary);
    if (released >= before.released) {
      this.#give(account, "earned", released - before.released, { source, expiresAtMs: null });
    } else this.#take(account, "earned", before.released - released, source);
    this.#swept.set(source, { released, pending: whole - released });
  }

  /** Of `PROGRAM NAME` or `royalty TEMPLATE`, as of the last sweep. */
  posted(source: string): Posted {
    return this.#swept.get(source) ?? { pending: 0n, released: 0n };
  }
}

import { accountOf, type ModelAccount, type ModelAccounts } from "./accounts";
import type { ModelDraw } from "./draws";
import { paidSpend } from "./line";
import { least, sum } from "./rules";
import { amountIn, type ModelCredit, type ModelTerms, type ModelTrigger } from "./terms";
import { give, take } from "./wallet";

export interface ModelReward {
  kind: "bonus" | "milestone";
  /** Whose paid spend, or deposits, it rests on. */
  trigger: string;
  beneficiary: string;
  amount: bigint;
  /** As that of its draw: ties are settled by it. */
  number: number;
  posted: boolean;
  /** Not released yet; since when that waits for its time, and when what came of it ends. */
  held: boolean;
  holdMs: number;
  lifeMs: number | null;
  releaseAtMs: number | null;
  expiresAtMs: number | null;
  expired: bigint;
}

export interface Standing {
  bonus: boolean;
  milestone: boolean;
}

const toBegin = ({ holdMs, lifeMs }: ModelCredit) => {
  const begun = { posted: false, releaseAtMs: null, expiresAtMs: null, expired: 0n } as const;
  return { ...begun, held: holdMs > 0, holdMs, lifeMs };
};

/** How far an account is towards a trigger, beyond it as well. */
export function progress(account: ModelAccount, trigger: ModelTrigger): bigint {
  if (trigger.kind === "load") return account.loaded;
  const spent = paidSpend(account);
  return trigger.service === null ? sum(Object.values(spent)) : spent[trigger.service];
}

const reached = (account: ModelAccount, trigger: ModelTrigger): boolean => progress(account, trigger) >= trigger.amount;

const bucketOf = ({ kind }: ModelReward) => (kind === "bonus" ? "promo" : "earned");
const sourceOf = ({ kind, trigger }: ModelReward): string => `${kind} for ${trigger}`;

/** Bonuses and milestones: what rests on an account's paid spend or deposits, and comes and goes with them. */
export class Rewards {
  readonly all: ModelReward[] = [];
  /** What the milestone of each account's pair is under. */
  readonly #milestones = new Map<string, ModelTerms["serverless-referral-beta"]>();
  /** How often credit expired unspent, and held rewards were released. */
  readonly ended = { expiries: 0, releases: 0 };

  constructor(readonly accounts: ModelAccounts) {}

  /** A bonus or milestone stands while its trigger is reached. */
  standing(account: ModelAccount): Standing {
    const milestone = this.#milestones.get(account.name);
    return {
      bonus: account.notEligible === null && reached(account, account.bonusTerms.trigger),
      milestone: milestone !== undefined && reached(account, milestone.trigger),
    };
  }

  hasMilestone = ({ name }: ModelAccount): boolean => this.#milestones.has(name);

  /** Of each side of a pair, once; nobody has one for an account that nobody referred. */
  promiseMilestone(account: ModelAccount, terms: ModelTerms["serverless-referral-beta"], number: number): void {
    const { name, referrer } = account;
    if (referrer === null || this.hasMilestone(account)) return;
    this.#milestones.set(name, terms);
    [name, referrer].forEach((beneficiary, side) => {
      const amount = amountIn(terms.fixed, accountOf(this.accounts, beneficiary).region ?? null);
      const resting = { kind: "milestone", trigger: name, beneficiary, amount, number: number + side } as const;
      this.all.push({ ...resting, ...toBegin(terms.credit) });
    });
  }

  draw({ trigger, beneficiary, number, terms }: ModelDraw, amount: bigint, nowMs: number): void {
    const resting = { kind: "bonus", trigger, beneficiary, amount, number } as const;
    const reward: ModelReward = { ...resting, ...toBegin(terms.credit) };
    this.all.push(reward);
    this.#follow(reward, nowMs);
  }

  /** Of an account, own or its referrer's. */
  follow(account: ModelAccount, whose: "own" | "referrer's", nowMs: number): void {
    const resting = (["bonus", "milestone"] as const).flatMap((kind) =>
      this.all.filter((reward) => reward.kind === kind && reward.trigger === account.name),
    );
    for (const reward of resting) {
      if ((reward.beneficiary === account.name) === (whose === "own")) this.#follow(reward, nowMs);
    }
  }

  #follow(reward: ModelReward, nowMs: number): void {
    const stands = this.standing(accountOf(this.accounts, reward.trigger))[reward.kind];
    const left = reward.amount - reward.expired;
    if (stands === reward.posted || left === 0n) return;
    reward.posted = stands;
    const beneficiary = accountOf(this.accounts, reward.beneficiary);
    if (reward.held) {
      reward.releaseAtMs ??= nowMs + reward.holdMs;
      beneficiary.promoHeld += stands ? left : -left;
    } else if (stands) this.#makeSpendable(reward, left, nowMs);
    else take(beneficiary, bucketOf(reward), left, sourceOf(reward));
  }

  /** Its life begins when it can be spent for the first time, and never again. */
  #makeSpendable(reward: ModelReward, amount: bigint, nowMs: number): void {
    if (reward.lifeMs !== null) reward.expiresAtMs ??= nowMs + reward.lifeMs;
    const { beneficiary, expiresAtMs } = reward;
    const source = sourceOf(reward);
    give(accountOf(this.accounts, beneficiary), bucketOf(reward), amount, { source, expiresAtMs });
  }

  /** Rewards held long enough, as their times came; those taken back will be spendable when they stand again. */
  release(nowMs: number): void {
    const waiting = this.all.filter(({ held, releaseAtMs }) => held && (releaseAtMs ?? Infinity) <= nowMs);
    for (const reward of waiting.sort((a, b) => (a.releaseAtMs ?? 0) - (b.releaseAtMs ?? 0) || a.number - b.number)) {
      reward.held = false;
      if (!reward.posted) continue;
      this.ended.releases += 1;
      accountOf(this.accounts, reward.beneficiary).promoHeld -= reward.amount;
      this.#makeSpendable(reward, reward.amount, nowMs);
    }
  }

  /** What is left of credit whose time is over; of a reward only while it is posted, and no more than it is worth. */
  expire(account: ModelAccount, nowMs: number): void {
    for (const lot of account.lots.filter(({ expiresAtMs }) => expiresAtMs <= nowMs)) {
      const reward = this.all.find((each) => each.beneficiary === account.name && sourceOf(each) === lot.source);
      const most = !reward ? lot.left : reward.posted ? reward.amount - reward.expired : 0n;
      const gone = least(lot.left, most);
      if (gone > 0n) this.ended.expiries += 1;
      lot.left -= gone;
      account[lot.bucket] -= gone;
      if (reward) reward.expired += gone;
    }
  }
}

import { accountOf, type ModelAccount, type ModelAccounts } from "./accounts";
import type { DrawSide } from "./history";
import { paidSpend } from "./line";
import { BONUS_TRIGGER, least, type ModelTerms, sum } from "./rules";
import { give, take } from "./wallet";

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

interface Standing {
  bonus: boolean;
  milestone: boolean;
}

const notPosted = { posted: false, releaseAtMs: null, expiresAtMs: null, expired: 0n } as const;

const bucketOf = ({ kind }: ModelReward) => (kind === "bonus" ? "promo" : "earned");
const sourceOf = ({ kind, trigger }: ModelReward): string => `${kind} for ${trigger}`;

/** Bonuses and milestones: what rests on an account's paid spend, and comes and goes with it. */
export class Rewards {
  readonly all: ModelReward[] = [];
  /** How often credit expired unspent, and held rewards were released. */
  readonly ended = { expiries: 0, releases: 0 };

  constructor(
    readonly accounts: ModelAccounts,
    readonly terms: ModelTerms["milestone"],
  ) {}

  /** A bonus or milestone stands while its paid spend is at or above its trigger. */
  standing(account: ModelAccount): Standing {
    const spent = paidSpend(account);
    return {
      bonus: account.notEligible === null && sum(Object.values(spent)) >= BONUS_TRIGGER,
      milestone: this.hasMilestone(account) && spent.serverless >= this.terms.trigger,
    };
  }

  hasMilestone = ({ name }: ModelAccount): boolean =>
    this.all.some(({ kind, trigger }) => kind === "milestone" && trigger === name);

  /** Of each side of a pair, once; nobody has one for an account that nobody referred. */
  promiseMilestone(account: ModelAccount): void {
    const { name, referrer } = account;
    if (referrer === null || this.hasMilestone(account)) return;
    const { amount, holdMs, lifeMs } = this.terms;
    for (const beneficiary of [name, referrer]) {
      const resting = { kind: "milestone", trigger: name, beneficiary, amount } as const;
      this.all.push({ ...resting, ...notPosted, held: holdMs > 0, holdMs, lifeMs });
    }
  }

  draw(trigger: ModelAccount, side: DrawSide, amount: bigint, nowMs: number): void {
    const beneficiary = side === "new-account" ? trigger.name : trigger.referrer;
    if (beneficiary === null) throw new Error(`${trigger.name} has no referrer to draw for`);
    const resting = { kind: "bonus", trigger: trigger.name, beneficiary, amount } as const;
    const reward: ModelReward = { ...resting, ...notPosted, held: false, holdMs: 0, lifeMs: null };
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
    for (const reward of waiting.sort((a, b) => (a.releaseAtMs ?? 0) - (b.releaseAtMs ?? 0))) {
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

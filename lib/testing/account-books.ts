import { type Accrual, accrue, type BasisPoints, basisPoints } from "@/lib/money/accrual";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import {
  type AccountPins,
  type AccountState,
  arrearsOf,
  nothingByService,
  type Provenance,
  type Service,
  type TemplatePin,
  type Trigger,
} from "@/lib/programs/account";
import type { Parts } from "@/lib/programs/drawing-order";
import { type Effects, noEffects } from "@/lib/programs/effects";
import { applyMoney, applyVoid, type PostedUsage } from "@/lib/programs/line";
import { judgeRewards, releaseSplit, standingOf } from "@/lib/programs/standing";
import { applyUsage, type Usage } from "@/lib/programs/usage";

/** What happens to an account in a pure history. Usage carries the key that makes it the same event. */
export type Happening =
  | { kind: "usage"; key: number; usage: Usage }
  /** Takes back the usage of that key. */
  | { kind: "void"; key: number }
  | { kind: "deposit"; amount: Nanos }
  /** Money taken back, spent or not. */
  | { kind: "reversal"; amount: Nanos }
  | { kind: "drawn"; amount: Nanos; held?: boolean }
  /** The time for which the bonus was held is over. */
  | { kind: "released" }
  /** So much of the bonus expires unspent. */
  | { kind: "expired"; amount: Nanos }
  | { kind: "grant"; bucket: "promo" | "earned"; amount: Nanos };

export const windowEndMs = 1_000;
export const commissionRates: Record<Service, BasisPoints> = {
  pod: basisPoints(300),
  serverless: basisPoints(500),
  storage: basisPoints(0),
};
export const template: TemplatePin = {
  template: "tpl",
  creatorId: "creator",
  rate: basisPoints(100),
  provenance: "paid",
};

/** Whose books these are. */
export const customerId = "customer";

const pins = (bonusTrigger: Trigger, provenance: Provenance): AccountPins => ({
  accountId: customerId,
  bonusTrigger,
  milestoneTrigger: null,
  commission: { windowEndMs, rates: commissionRates, provenance },
});

/** The larger of what is owed before and after *paid* moves. */
const mostOwed = (paidNet: Nanos, change: Nanos): bigint => {
  const [before, after] = [arrearsOf(paidNet), arrearsOf((paidNet + change) as Nanos)];
  return before > after ? before : after;
};

/** One account kept in memory: the rules, and the least around them that a ledger must do. */
export class AccountBooks {
  readonly state: AccountState = {
    seq: 0n,
    promo: ZERO,
    earned: ZERO,
    market: ZERO,
    paidNet: ZERO,
    charged: nothingByService(),
    spent: nothingByService(),
    base: nothingByService(),
    promoHeld: ZERO,
    debt: ZERO,
    bonusReached: false,
    bonus: null,
    milestone: null,
  };
  /** What each batch handed over, in order. */
  readonly effects: Effects[] = [];
  readonly parts: Parts[] = [];
  /** Oldest first; what was taken back is gone. */
  #line: (PostedUsage & { key: number })[] = [];
  readonly #keys = new Set<number>();
  readonly #pins: AccountPins;

  constructor(bonusTrigger: bigint | Trigger = 10_000_000_000n, provenance: Provenance = "paid") {
    const bySpend = (amount: bigint): Trigger => ({ kind: "spend", amount: nanos(amount), service: null });
    this.#pins = pins(typeof bonusTrigger === "bigint" ? bySpend(bonusTrigger) : bonusTrigger, provenance);
  }

  /** Posts some happenings together; a key seen before changes nothing. */
  batch(happenings: readonly Happening[]): this {
    const effects = noEffects();
    for (const happening of happenings) this.#post(happening, effects);
    this.effects.push(effects);
    return this;
  }

  #post(happening: Happening, effects: Effects): void {
    const { state } = this;
    if (happening.kind === "usage") this.#use(happening, effects);
    else if (happening.kind === "void") this.#takeBack(happening.key, effects);
    else if (happening.kind === "drawn") {
      const { amount, held = false } = happening;
      state.bonus = { id: "draw", amount, bucket: "promo", posted: false, times: 0, held, expired: ZERO };
      judgeRewards(state, this.#pins, standingOf(state, this.#pins), effects);
    } else if (happening.kind === "released") {
      this.#release();
    } else if (happening.kind === "expired") {
      this.#expire(happening.amount);
    } else {
      state.seq += 1n;
      if (happening.kind === "grant") state[happening.bucket] = nanos(state[happening.bucket] + happening.amount);
      else this.#move(nanos(happening.kind === "deposit" ? happening.amount : -happening.amount), effects);
    }
  }

  #release(): void {
    const { state } = this;
    if (!state.bonus?.held) return;
    state.bonus.held = false;
    if (!state.bonus.posted) return;
    const { credit, debt } = releaseSplit(state, state.bonus);
    state.seq += 1n;
    state.promoHeld = nanos(state.promoHeld - credit - debt);
    state.promo = nanos(state.promo + credit);
    state.debt = nanos(state.debt - debt);
  }

  #expire(amount: Nanos): void {
    const { state } = this;
    if (!state.bonus?.posted || state.bonus.held) return;
    state.seq += 1n;
    state.promo = nanos(state.promo - amount);
    state.bonus.expired = nanos(state.bonus.expired + amount);
  }

  #use({ key, usage }: Extract<Happening, { kind: "usage" }>, effects: Effects): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    const parts = applyUsage(this.state, this.#pins, usage, effects);
    this.parts.push(parts);
    this.#line.push({ ...usage, key, seq: this.state.seq, drawn: parts.paid, parts });
  }

  #takeBack(key: number, effects: Effects): void {
    const event = this.#line.find((each) => each.key === key);
    if (!event) return;
    const owed = mostOwed(this.state.paidNet, event.parts.paid);
    applyVoid(this.state, this.#pins, event, this.#tail(owed === 0n ? owed : owed + event.parts.paid), effects);
    this.#line = this.#line.filter((each) => each !== event);
  }

  #move(amount: Nanos, effects: Effects): void {
    const tail = this.#tail(mostOwed(this.state.paidNet, amount));
    this.state.paidNet = nanos(this.state.paidNet + amount);
    applyMoney(this.state, this.#pins, amount, tail, effects);
  }

  /** No more of the line's end than the rules ask for, newest first, as the ledger reads it. */
  #tail(length: bigint): PostedUsage[] {
    const tail: PostedUsage[] = [];
    let behind = 0n;
    for (const stretch of [...this.#line].reverse()) {
      if (behind >= length) break;
      behind += stretch.drawn;
      tail.push(stretch);
    }
    return tail;
  }

  /** Everything that was handed over, added up. */
  totals() {
    const total = { commission: 0n, royalty: 0n, runtimeMs: 0n, templateSpend: 0n, events: 0, bonusDue: 0 };
    for (const effects of this.effects) {
      total.commission += effects.commission;
      total.bonusDue += effects.bonusDue ? 1 : 0;
      for (const day of effects.days.values()) total.events += day.events;
      for (const gathered of effects.templates.values()) {
        for (const { runtimeMs, spend } of gathered.days.values()) {
          total.royalty += accrue(spend, gathered.pin.rate);
          total.runtimeMs += runtimeMs;
          total.templateSpend += spend;
        }
      }
    }
    return total;
  }

  /** What the account's base makes at the rates of its terms. */
  commissionOfBase(): Accrual {
    const { base } = this.state;
    return (accrue(base.pod, commissionRates.pod) + accrue(base.serverless, commissionRates.serverless)) as Accrual;
  }
}

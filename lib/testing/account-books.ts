import { type Accrual, accrue, type BasisPoints, basisPoints } from "@/lib/money/accrual";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import {
  type AccountPins,
  type AccountState,
  nothingByService,
  type Service,
  type TemplatePin,
} from "@/lib/programs/account";
import type { Parts } from "@/lib/programs/drawing-order";
import { type Effects, noEffects, royaltyOf, templateTotals } from "@/lib/programs/effects";
import { applyMoney, type LineStretch } from "@/lib/programs/line";
import { applyUsage, type Usage } from "@/lib/programs/usage";

/** What happens to an account in a pure history. Usage carries the key that makes it the same event. */
export type Happening =
  | { kind: "usage"; key: number; usage: Usage }
  | { kind: "deposit"; amount: Nanos }
  | { kind: "grant"; bucket: "promo" | "earned"; amount: Nanos };

export const windowEndMs = 1_000;
export const commissionRates: Record<Service, BasisPoints> = {
  pod: basisPoints(300),
  serverless: basisPoints(500),
  storage: basisPoints(0),
};
export const template: TemplatePin = { template: "tpl", creatorId: "creator", rate: basisPoints(100) };

const pins = (bonusTrigger: Nanos): AccountPins => ({
  accountId: "customer",
  bonusTrigger: { amount: bonusTrigger, service: null },
  milestoneTrigger: null,
  commission: { windowEndMs, rates: commissionRates },
});

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
    debt: ZERO,
    bonusReached: false,
    bonus: null,
    milestone: null,
  };
  /** What each batch handed over, in order. */
  readonly effects: Effects[] = [];
  readonly parts: Parts[] = [];
  readonly #line: LineStretch[] = [];
  readonly #keys = new Set<number>();
  readonly #pins: AccountPins;

  constructor(bonusTrigger: bigint = 10_000_000_000n) {
    this.#pins = pins(nanos(bonusTrigger));
  }

  /** Posts some happenings together; a key seen before changes nothing. */
  batch(happenings: readonly Happening[]): this {
    const effects = noEffects();
    for (const happening of happenings) this.#post(happening, effects);
    this.effects.push(effects);
    return this;
  }

  #post(happening: Happening, effects: Effects): void {
    if (happening.kind === "usage") {
      if (this.#keys.has(happening.key)) return;
      this.#keys.add(happening.key);
      const parts = applyUsage(this.state, this.#pins, happening.usage, effects);
      this.parts.push(parts);
      this.#line.push({ ...happening.usage, seq: this.state.seq, drawn: parts.paid });
      return;
    }
    this.state.seq += 1n;
    if (happening.kind === "grant") {
      this.state[happening.bucket] = nanos(this.state[happening.bucket] + happening.amount);
      return;
    }
    this.state.paidNet = nanos(this.state.paidNet + happening.amount);
    applyMoney(this.state, this.#pins, happening.amount, [...this.#line].reverse(), effects);
  }

  /** Everything that was handed over, added up. */
  totals() {
    const total = { commission: 0n, royalty: 0n, runtimeMs: 0n, templateSpend: 0n, events: 0, bonusDue: 0 };
    for (const effects of this.effects) {
      total.commission += effects.commission;
      total.bonusDue += effects.bonusDue ? 1 : 0;
      for (const day of effects.days.values()) total.events += day.events;
      for (const gathered of effects.templates.values()) {
        total.royalty += royaltyOf(gathered);
        const { runtimeMs, spend } = templateTotals(gathered);
        total.runtimeMs += runtimeMs;
        total.templateSpend += spend;
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

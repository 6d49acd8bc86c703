import type { ApiHarness } from "./api-harness";
import { Dice } from "./dice";
import { DAY_MS, decimal } from "./model/rules";
import type { ModelBonusTerms, ModelCommissionTerms, ModelFixed, ModelProgram, ModelTrigger } from "./model/terms";
import { randomVersions } from "./random-terms";

/** Versions in force one after the other within a round, each for so long. */
export const TURNS = 6;
const TURN_MS = 60_000;
/** Versions that accounts are enrolled in by name. */
const NAMED = 8;
/** The same in every run, so that a history can be repeated alone. */
const SEED = 20_260_101;

/** A moment within a round: the number of the versions then in force. */
export interface Moment {
  version: number;
  aheadMs: number;
  atMs: number;
}

/**
 * Terms that change every minute from the beginning of each round on: who is made a little later is pinned to others,
 * for life.
 */
export class TurningTerms {
  readonly versions;

  /** @param beginnings of the rounds, in milliseconds since 1970 */
  constructor(readonly beginnings: readonly number[]) {
    this.versions = randomVersions(new Dice(SEED), { inTurn: beginnings.length * TURNS, byName: NAMED });
  }

  /**
   * @param nowMs the beginning of a round
   * @param turn from 0 up to and without `TURNS`
   */
  moment(nowMs: number, turn: number): Moment {
    const version = this.beginnings.indexOf(nowMs) * TURNS + turn;
    return { version, aheadMs: turn * TURN_MS, atMs: nowMs + turn * TURN_MS };
  }

  #beginsAtMs(version: number): number {
    return (this.beginnings[Math.floor(version / TURNS)] ?? Number.NaN) + (version % TURNS) * TURN_MS;
  }

  async publish(api: ApiHarness): Promise<void> {
    for (const [index, terms] of this.versions["signup-bonus"].entries()) {
      await this.#inTurn(api, "signup-bonus", index, bonusParameters(terms));
    }
    for (const [index, terms] of this.versions.referral.entries()) {
      const caps = { bonusesMax: terms.bonusesMax, commissionMax: terms.most === null ? null : decimal(terms.most) };
      const parameters = { ...bonusParameters(terms), commission: commissionParameters(terms), caps };
      await this.#inTurn(api, "referral", index, parameters);
    }
    for (const [index, { rate, provenance, gateMs, claimMs }] of this.versions["template-beta"].entries()) {
      const royalty = { rate: Number(rate), provenance };
      const parameters = { royalty, gate: { runtimeMs: Number(gateMs) }, claimDays: claimMs / DAY_MS };
      await this.#inTurn(api, "template-beta", index, parameters);
    }
    for (const [index, terms] of this.versions["referral-beta"].entries()) {
      const { accounts, spend, reapplyMs } = terms.gate;
      const gate = { accounts, spend: decimal(spend), reapplyDays: reapplyMs / DAY_MS };
      const caps = { commissionMax: terms.most === null ? null : decimal(terms.most) };
      const parameters = { commission: commissionParameters(terms), gate, caps };
      await insert(api, { program: "referral-beta", index, parameters, fromMs: Date.UTC(2025, 0, 1, 0, index) });
    }
    for (const [index, terms] of this.versions["serverless-referral-beta"].entries()) {
      const parameters = {
        trigger: triggerParameters(terms.trigger),
        bonus: { ...fixedParameters(terms.fixed), bucket: "earned" },
        credit: creditParameters(terms),
      };
      const fromMs = Date.UTC(2025, 0, 1, 0, index);
      await insert(api, { program: "serverless-referral-beta", index, parameters, fromMs });
    }
  }

  #inTurn(api: ApiHarness, program: ModelProgram, index: number, parameters: object): Promise<void> {
    return insert(api, { program, index, parameters, fromMs: this.#beginsAtMs(index) });
  }
}

/** The name of a version, by its number. */
export const nameOf = (version: number): string => `turn-${version}`;

/** A version that differs from the one the program began with in these parameters. */
async function insert(
  api: ApiHarness,
  { program, index, parameters, fromMs }: { program: ModelProgram; index: number; parameters: object; fromMs: number },
): Promise<void> {
  await api.owner`
    insert into terms (program, version, effective_from, effective_until, parameters)
    select program, ${nameOf(index)}, ${new Date(fromMs).toISOString()}, null,
           parameters || ${JSON.stringify(parameters)}::text::jsonb
      from (select * from terms where program = ${program} order by effective_from limit 1) first`;
}

const triggerParameters = (trigger: ModelTrigger) => ({ ...trigger, amount: decimal(trigger.amount) });

const fixedParameters = ({ amount, byRegion }: ModelFixed) => ({
  kind: "fixed",
  amount: decimal(amount),
  byRegion: Object.fromEntries(Object.entries(byRegion).map(([region, each]) => [region, decimal(each)])),
});

const creditParameters = ({ credit: { holdMs, lifeMs } }: Pick<ModelBonusTerms, "credit">) => ({
  holdHours: holdMs / 3_600_000,
  expiryDays: lifeMs === null ? null : lifeMs / DAY_MS,
});

const bonusParameters = (terms: ModelBonusTerms) => ({
  trigger: triggerParameters(terms.trigger),
  ...(terms.fixed ? { bonus: { ...fixedParameters(terms.fixed), bucket: "promo" } } : {}),
  credit: creditParameters(terms),
  signIns: terms.signIns,
});

const commissionParameters = ({ rates, months, provenance }: ModelCommissionTerms) => ({
  rates: { pod: Number(rates.pod), serverless: Number(rates.serverless), storage: Number(rates.storage) },
  window: months === null ? { kind: "lifetime" } : { kind: "months", months },
  provenance,
});

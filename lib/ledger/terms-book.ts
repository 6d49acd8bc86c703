import type { TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import type { BasisPoints } from "@/lib/money/accrual";
import type { Nanos } from "@/lib/money/nanos";
import type { Provenance, Service, Trigger } from "@/lib/programs/account";
import { bonusOdds } from "@/lib/programs/bonus-odds";
import type { Odds } from "@/lib/programs/odds";
import { type CreditLife, parseTerms, type SignInMethod, type Terms } from "@/lib/programs/terms";

/**
 * The terms rows met so far, by id. Rows are immutable, so what was read once stays true; one book per database.
 */
export class TermsBook {
  readonly #terms = new Map<number, Terms>();

  /** Reads those of the terms that are not known yet. */
  async loadIds(raw: TransactionSql, ids: readonly number[]): Promise<void> {
    const missing = ids.filter((id) => !this.#terms.has(id));
    if (missing.length === 0) return;
    const found = await raw<{ id: number; program: string; parameters: unknown }[]>`
      select id, program, parameters from terms where id in ${raw(missing)}`;
    for (const { id, program, parameters } of found) {
      this.#terms.set(id, parseTerms(program, typeof parameters === "string" ? JSON.parse(parameters) : parameters));
    }
  }

  /** @throws Error when the terms were not loaded: a bug. */
  get(id: number): Terms {
    const terms = this.#terms.get(id);
    if (!terms) throw new Error(`Terms ${id} were not loaded`);
    return terms;
  }

  /** What makes the bonus due. @throws Error where the terms give no bonus to new accounts. */
  bonusTrigger(id: number): Trigger {
    const terms = this.get(id);
    if (terms.program !== "signup-bonus" && terms.program !== "referral") {
      throw new Error(`Terms ${id} of ${terms.program} have no new-account bonus`);
    }
    return terms.trigger;
  }

  /** The ways to sign in that the bonus asks for; null for any. @throws Error where the terms give none. */
  signIns(id: number): readonly SignInMethod[] | null {
    const terms = this.get(id);
    if (!("signIns" in terms)) throw new Error(`Terms ${id} of ${terms.program} have no new-account bonus`);
    return terms.signIns;
  }

  /** The most bonuses that one referrer gets by these terms; null for no limit. */
  bonusesMax(id: number): number | null {
    const terms = this.get(id);
    return terms.program === "referral" ? terms.caps.bonusesMax : null;
  }

  /** The most commission that one referrer is posted by these terms; null for no limit. */
  commissionMax(id: number): Nanos | null {
    const terms = this.get(id);
    return terms.program === "referral" || terms.program === "referral-beta" ? terms.caps.commissionMax : null;
  }

  /** What makes a milestone stand. @throws Error where the terms have none. */
  milestoneTrigger(id: number): Trigger {
    const terms = this.get(id);
    if (terms.program !== "serverless-referral-beta") {
      throw new Error(`Terms ${id} of ${terms.program} have no milestone`);
    }
    return terms.trigger;
  }

  /** What a beneficiary of a region is drawn by. @throws Error where the terms give no bonus to new accounts. */
  odds(id: number, region: string | null): Odds {
    const terms = this.get(id);
    if (terms.program !== "signup-bonus" && terms.program !== "referral") {
      throw new Error(`Terms ${id} of ${terms.program} draw no bonus`);
    }
    return bonusOdds(terms.bonus, region);
  }

  /** @throws Error where the terms give no credit of a life of its own. */
  creditLife(id: number): CreditLife {
    const terms = this.get(id);
    if (!("credit" in terms)) throw new Error(`Terms ${id} of ${terms.program} give no bonus`);
    return terms.credit;
  }

  commissionRates(id: number): Record<Service, BasisPoints> {
    const terms = this.get(id);
    if (!("commission" in terms)) throw new Error(`Terms ${id} of ${terms.program} pay no commission`);
    return terms.commission.rates;
  }

  /** What of usage earns commission. */
  commissionProvenance(id: number): Provenance {
    const terms = this.get(id);
    if (!("commission" in terms)) throw new Error(`Terms ${id} of ${terms.program} pay no commission`);
    return terms.commission.provenance;
  }

  royalty(id: number): { rate: BasisPoints; provenance: Provenance; gateMs: bigint; claimMs: number } {
    const terms = this.get(id);
    if (terms.program !== "template-beta") throw new Error(`Terms ${id} of ${terms.program} pay no royalty`);
    const { royalty, gate, claimMs } = terms;
    return {
      rate: royalty.rate,
      provenance: royalty.provenance,
      gateMs: gate.runtimeMs,
      claimMs: Number(claimMs),
    };
  }
}

const books = new WeakMap<Db, TermsBook>();

export function termsBook(db: Db): TermsBook {
  const known = books.get(db);
  if (known) return known;
  const book = new TermsBook();
  books.set(db, book);
  return book;
}

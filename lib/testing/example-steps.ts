import { expect } from "vitest";
import type { ApiHarness } from "./api-harness";

export const HOUR_MS = 3_600_000;
/** Long before anything in the tests: prices are in force from then on. */
export const past = "2025-01-01T00:00:00.000Z";

export interface DrawRow {
  id: string;
  kind: string;
  beneficiary: string;
}

/** What happens in the worked examples, in words of their own. */
export interface ExampleSteps {
  /** Makes an account, with money already in where `paid` says so. */
  open(externalId: string, more?: Record<string, unknown>): Promise<void>;
  /** @returns the deposit's reference. */
  deposit(account: string, amount: string): Promise<string>;
  /** A referrer, and accounts it referred. */
  openPair(referrer: string, referred: readonly string[], more?: Record<string, unknown>): Promise<void>;
  enrol(account: string, program: string): Promise<void>;
  reverse(deposit: string, reason: "refund" | "chargeback" | "dispute_won", amount?: string): Promise<void>;
  /** Sends events that must all be accepted. */
  accept(events: readonly unknown[]): Promise<void>;
  /** The draws that an account's paid spend made due. */
  drawsOf(account: string): Promise<DrawRow[]>;
  /** From now on, new accounts are pinned to terms whose draws are always of so many cents. */
  drawExactly(cents: number): Promise<void>;
}

export function exampleSteps(api: ApiHarness): ExampleSteps {
  let references = 0;
  const fresh = () => {
    references += 1;
    return `example-${references}`;
  };
  const open: ExampleSteps["open"] = async (externalId, { paid, ...rest } = {}) => {
    await api.make("/api/v1/accounts", { externalId, ...rest });
    if (paid !== undefined) await deposit(externalId, String(paid));
  };
  const deposit: ExampleSteps["deposit"] = async (account, amount) => {
    const reference = fresh();
    await api.make(`/api/v1/accounts/${account}/deposits`, { reference, amount, method: "card" });
    return reference;
  };
  return {
    open,
    deposit,
    openPair: async (referrer, referred, more = {}) => {
      await open(referrer);
      const { referralCode } = await api.account(referrer);
      for (const externalId of referred) await open(externalId, { referralCode, ...more });
    },
    enrol: async (account, program) => {
      await api.make(`/api/v1/accounts/${account}/enrolments`, { program, reference: fresh() });
    },
    reverse: async (reference, reason, amount) => {
      const body = { reference: fresh(), reason, ...(amount === undefined ? {} : { amount }) };
      await api.make(`/api/v1/deposits/${reference}/reversals`, body);
    },
    accept: async (events) => {
      const clean = { status: 200, duplicates: 0, quarantined: 0, rejected: [] };
      expect(await api.send(events)).toEqual({ ...clean, accepted: events.length });
    },
    drawsOf: (account) => api.owner<DrawRow[]>`
      select d.id, d.kind, b.external_id as beneficiary
        from draws d join accounts t on t.id = d.trigger_id join accounts b on b.id = d.beneficiary_id
       where t.external_id = ${account} order by d.kind`,
    drawExactly: async (cents) => {
      await api.owner`
        insert into terms (program, version, effective_from, effective_until, parameters)
        select program, ${`always-${cents}`}, ${api.clock.now.toISOString()}, null,
               jsonb_set(parameters, '{bonus,odds}', ${`{"tiers":[[1000000,${cents},${cents}]],"v":1}`}::text::jsonb)
          from terms where program in ('signup-bonus', 'referral')`;
    },
  };
}

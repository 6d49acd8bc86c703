import type { TransactionSql } from "postgres";
import type { TemplatePin } from "@/lib/programs/account";
import { readMemberships } from "./memberships";
import { textArrayLiteral } from "./sql-arrays";
import type { TermsBook } from "./terms-book";
import type { AccountRef } from "./wallet";

interface Registered {
  pin: TemplatePin;
  creator: AccountRef;
  /** Events posted earlier do not belong to it. */
  joinsFromMs: number;
}

interface TemplateRow {
  external_id: string;
  creator_lane: number;
  creator_id: string;
  terms_id: number;
  registered_ms: string;
  in_cluster: boolean;
}

const readStatement = `
  select external_id, creator_lane, creator_id, terms_id,
         (extract(epoch from registered_at) * 1000)::bigint as registered_ms,
         w.cluster_id is not null as in_cluster
    from templates left join wallets w on w.lane = creator_lane and w.account_id = creator_id
   where external_id = any($1::text[])`;

/** The templates one transaction meets. Never kept longer: a registration must be seen by the next batch. */
export class TemplateBook {
  readonly #templates = new Map<string, Registered>();
  readonly #book: TermsBook;

  constructor(book: TermsBook) {
    this.#book = book;
  }

  /** Reads those of `names` that are registered. */
  async load(raw: TransactionSql, names: readonly string[]): Promise<void> {
    const missing = names.filter((name) => !this.#templates.has(name));
    if (missing.length === 0) return;
    const rows = await raw.unsafe<TemplateRow[]>(readStatement, [textArrayLiteral(missing)], { prepare: true });
    await this.#book.loadIds(
      raw,
      rows.map(({ terms_id }) => terms_id),
    );
    const inClusters = rows.flatMap(({ creator_id, in_cluster }) => (in_cluster ? creator_id : []));
    const clusters = inClusters.length === 0 ? null : await readMemberships(raw, inClusters);
    for (const row of rows) {
      const { rate, claimMs } = this.#book.royalty(row.terms_id);
      this.#templates.set(row.external_id, {
        pin: {
          template: row.external_id,
          creatorId: row.creator_id,
          creatorClusters: clusters?.get(row.creator_id),
          rate,
        },
        creator: { lane: row.creator_lane, id: row.creator_id },
        joinsFromMs: Number(row.registered_ms) - claimMs,
      });
    }
  }

  /**
   * Reads `names` so that those found missing stay missing until this transaction ends: a registration waits for it,
   * and then finds what it left in `unclaimed_usage`.
   */
  async loadHoldingMissing(raw: TransactionSql, names: readonly string[]): Promise<void> {
    await this.load(raw, names);
    const missing = names.filter((name) => !this.#templates.has(name)).sort();
    if (missing.length === 0) return;
    await raw.unsafe(
      `select pg_advisory_xact_lock_shared(hashtextextended('template:' || name, 0))
         from unnest($1::text[]) with ordinality as n (name, place) order by place`,
      [textArrayLiteral(missing)],
      { prepare: true },
    );
    await this.load(raw, missing);
  }

  pin(name: string | null): TemplatePin | null {
    return name === null ? null : (this.#templates.get(name)?.pin ?? null);
  }

  /** The template an older event belongs to: registered at most the terms' claim days after it was posted. */
  pinOfPosted(name: string | null, postedAtMs: number): TemplatePin | null {
    const found = name === null ? undefined : this.#templates.get(name);
    return found && postedAtMs >= found.joinsFromMs ? found.pin : null;
  }

  /** @throws Error when the template was not loaded: a bug. */
  creator(name: string): AccountRef {
    const found = this.#templates.get(name);
    if (!found) throw new Error(`Template ${name} was not loaded`);
    return found.creator;
  }
}

/** A registration holds this until it commits; see `loadHoldingMissing`. */
export const holdTemplateName = (raw: TransactionSql, name: string) =>
  raw`select pg_advisory_xact_lock(hashtextextended('template:' || ${name}, 0))`;

import type { TransactionSql } from "postgres";
import type { TemplatePin } from "@/lib/programs/account";
import { anyMembership, readMemberships } from "./memberships";
import { textArrayLiteral } from "./sql-arrays";
import type { TermsBook } from "./terms-book";
import type { AccountRef } from "./wallet";

/** Who registered a template, when and under which terms: never changed, and never taken away. */
interface Registration {
  creator: AccountRef;
  termsId: number;
  registeredMs: number;
}

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
}

const readStatement = `
  select external_id, creator_lane, creator_id, terms_id,
         (extract(epoch from registered_at) * 1000)::bigint as registered_ms
    from templates where external_id = any($1::text[])`;

/** What was found once stays true; bounded so that memory does not grow for ever. */
const KNOWN_MAX = 100_000;
const registrations = new WeakMap<TermsBook, Map<string, Registration>>();

function registrationsOf(book: TermsBook): Map<string, Registration> {
  const known = registrations.get(book) ?? new Map<string, Registration>();
  if (known.size > KNOWN_MAX) known.clear();
  registrations.set(book, known);
  return known;
}

const named = (name: string, registered: ReadonlyMap<string, Registration>): (Registration & { name: string })[] => {
  const registration = registered.get(name);
  return registration ? [{ name, ...registration }] : [];
};

async function readRegistrations(raw: TransactionSql, names: readonly string[]): Promise<Map<string, Registration>> {
  if (names.length === 0) return new Map();
  const rows = await raw.unsafe<TemplateRow[]>(readStatement, [textArrayLiteral(names)], { prepare: true });
  return new Map(
    rows.map(({ external_id, creator_lane, creator_id, terms_id, registered_ms }) => [
      external_id,
      { creator: { lane: creator_lane, id: creator_id }, termsId: terms_id, registeredMs: Number(registered_ms) },
    ]),
  );
}

/** The templates one transaction meets. What is missing is asked for again by the next: it may be registered by then. */
export class TemplateBook {
  readonly #templates = new Map<string, Registered>();
  readonly #book: TermsBook;

  constructor(book: TermsBook) {
    this.#book = book;
  }

  /** Reads those of `names` that are registered. Not for a transaction that registers one: it may not commit. */
  async load(raw: TransactionSql, names: readonly string[]): Promise<void> {
    const wanted = names.filter((name) => !this.#templates.has(name));
    if (wanted.length === 0) return;
    const known = registrationsOf(this.#book);
    const unknown = wanted.filter((name) => !known.has(name));
    const before = wanted.flatMap((name) => named(name, known));
    const [anyCluster, read] = await Promise.all([anyMembership(raw), readRegistrations(raw, unknown)]);
    for (const [name, registration] of read) known.set(name, registration);
    const found = [...before, ...unknown.flatMap((name) => named(name, read))];
    await this.#book.loadIds(raw, [...new Set(found.map(({ termsId }) => termsId))]);
    const creators = [...new Set(found.map(({ creator }) => creator.id))];
    const clusters = anyCluster && creators.length > 0 ? await readMemberships(raw, creators) : null;
    for (const { name, creator, termsId, registeredMs } of found) {
      const { rate, provenance, claimMs } = this.#book.royalty(termsId);
      const creatorClusters = clusters?.get(creator.id);
      const pin = { template: name, creatorId: creator.id, creatorClusters, rate, provenance };
      this.#templates.set(name, { pin, creator, joinsFromMs: registeredMs - claimMs });
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

import { Books } from "./books";
import type { Happening, ModelUsage, ReversalReason } from "./history";
import { type ModelVersions, publishedTerms } from "./terms";

type EventOutcome = "accepted" | "duplicate" | "quarantined";
type Status = 201 | 409 | 422;

/**
 * A history and what the product should have answered to each part of it. Nothing is kept but the history itself:
 * every answer and every number is computed from its beginning.
 */
export class ReferenceModel {
  readonly history: Happening[] = [];
  #books: Books | null = null;

  constructor(readonly versions: ModelVersions = publishedTerms) {}

  /** The books as they stand now. */
  get books(): Books {
    this.#books ??= new Books(this.history, this.versions);
    return this.#books;
  }

  /** Something counted. */
  happen(happening: Happening): void {
    this.history.push(happening);
    this.#books = null;
  }

  use(usage: ModelUsage, atMs: number): EventOutcome {
    if (this.#isKnown(usage.key)) return "duplicate";
    this.happen({ kind: "usage", usage, atMs });
    return this.#isOpen(usage.subject) ? "accepted" : "quarantined";
  }

  takeBack(taken: { key: string; subject: string; voids: string }, atMs: number): EventOutcome {
    if (this.#isKnown(taken.key)) return "duplicate";
    const isOpen = this.#isOpen(taken.subject);
    // Voided already, or a void of it waits: a second one is not kept.
    if (isOpen && this.history.some((each) => each.kind === "void" && each.voids === taken.voids)) return "duplicate";
    const came = this.history.some((each) => each.kind === "usage" && each.usage.key === taken.voids);
    this.happen({ kind: "void", ...taken, atMs });
    return isOpen && came ? "accepted" : "quarantined";
  }

  #isOpen(name: string): boolean {
    return this.history.some((each) => each.kind === "opened" && each.account.name === name);
  }

  /** Keys of events and voids that counted are one space, for ever. */
  #isKnown(key: string): boolean {
    return this.history.some(
      (each) => (each.kind === "usage" && each.usage.key === key) || (each.kind === "void" && each.key === key),
    );
  }

  /** @param amount null for all that is open */
  reverse(deposit: string, reason: ReversalReason, amount: bigint | null, atMs: number): Status {
    const found = this.books.deposits.get(deposit);
    if (!found) return 409;
    const { refund, chargeback, dispute_won } = found.reversed;
    if (reason === "dispute_won" && chargeback === 0n) return 409;
    const chargedBack = chargeback - dispute_won;
    const open = reason === "dispute_won" ? chargedBack : found.amount - refund - chargedBack;
    const wanted = amount ?? open;
    if (wanted <= 0n || wanted > open) return 422;
    this.happen({ kind: "reversal", deposit, amount: wanted, reason, atMs });
    return 201;
  }

  enrol(enrolled: Omit<Extract<Happening, { kind: "enrolled" }>, "kind">): Status {
    const account = this.books.account(enrolled.account);
    if (account.referrer === null || !account.pairStands) return 422;
    if (account.usage.length > 0) return 409;
    if (enrolled.program !== "serverless-referral-beta" && account.bonusReached) return 409;
    this.happen({ kind: "enrolled", ...enrolled });
    return 201;
  }

  apply(name: string, atMs: number): Status {
    const gate = this.books.betaGate(name);
    if (gate === null) return 422;
    const last = this.books.applications.get(name);
    if (last && last.state !== "declined") return 409;
    if (last && atMs < last.decidedAtMs + gate.reapplyMs) return 409;
    if (!gate.met) return 422;
    this.happen({ kind: "applied", account: name, atMs });
    return 201;
  }

  /** On an application that is open. */
  decide(name: string, accept: boolean, atMs: number): 200 | 422 {
    if (accept && !this.books.betaGate(name)?.met) return 422;
    this.happen({ kind: "decided", account: name, accept, atMs });
    return 200;
  }
}

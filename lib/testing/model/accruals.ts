import type { ModelAccount } from "./accounts";
import { give, take } from "./wallet";

interface Posted {
  pending: bigint;
  released: bigint;
}

/** What sweeps have posted for each program (or template) of each beneficiary. */
export class Accruals {
  readonly #swept = new Map<string, Posted>();

  posted = (source: string): Posted => this.#swept.get(source) ?? { pending: 0n, released: 0n };

  /**
   * Posts what was accrued, floored to whole nano-dollars.
   * @param accrued in 1e-13 dollars
   */
  sweep(source: string, beneficiary: ModelAccount, accrued: bigint, open: boolean): void {
    const before = this.posted(source);
    const whole = accrued / 10_000n;
    const released = open ? whole : before.released;
    if (released >= before.released) {
      give(beneficiary, "earned", released - before.released, { source, expiresAtMs: null });
    } else take(beneficiary, "earned", before.released - released, source);
    this.#swept.set(source, { released, pending: whole - released });
  }
}

import type { ModelAccount } from "./accounts";
import { least } from "./rules";
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
   * Posts what was accrued, floored to whole nano-dollars, and no more than its terms give.
   * @param accrued in 1e-13 dollars
   */
  sweep(
    beneficiary: ModelAccount,
    { source, accrued, most, open }: { source: string; accrued: bigint; most: bigint | null; open: boolean },
  ): void {
    const before = this.posted(source);
    const whole = most === null ? accrued / 10_000n : least(accrued / 10_000n, most);
    const released = open ? whole : before.released;
    if (released >= before.released) {
      give(beneficiary, "earned", released - before.released, { source, expiresAtMs: null });
    } else take(beneficiary, "earned", before.released - released, source);
    this.#swept.set(source, { released, pending: whole - released });
  }
}

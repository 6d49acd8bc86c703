import type { ModelAccounts, PostedUsage } from "./accounts";
import { coveredSum, line } from "./line";
import { CLAIM_MS, ROYALTY_RATE, sum, TEMPLATE_GATE_MS } from "./rules";

interface ModelTemplate {
  creator: string;
  registeredAtMs: number;
  gateMet: boolean;
}

/** Templates, and what the accounts' usage makes of them. */
export class Templates {
  readonly all = new Map<string, ModelTemplate>();

  constructor(readonly accounts: ModelAccounts) {}

  register(name: string, creator: string, registeredAtMs: number): void {
    this.all.set(name, { creator, registeredAtMs, gateMet: false });
    this.meetGates();
  }

  #joined(name: string, registeredAtMs: number, use: PostedUsage): boolean {
    return use.service === "pod" && use.template === name && use.postedAtMs >= registeredAtMs - CLAIM_MS;
  }

  /** In 1e-13 dollars. */
  royalty = (name: string): bigint => this.spend(name) * ROYALTY_RATE;

  /** Others' paid spend on pods started from it. */
  spend(name: string): bigint {
    const template = this.all.get(name);
    if (!template) return 0n;
    const others = [...this.accounts.values()].filter((account) => account.name !== template.creator);
    return sum(
      others.map((account) =>
        coveredSum(account, (use) => (this.#joined(name, template.registeredAtMs, use) ? 1n : 0n)),
      ),
    );
  }

  /** Total runtime, everybody's. */
  runtimeMs(name: string): bigint {
    const template = this.all.get(name);
    if (!template) return 0n;
    const all = [...this.accounts.values()].flatMap((account) => line(account));
    return sum(all.map((use) => (this.#joined(name, template.registeredAtMs, use) ? use.durationMs : 0n)));
  }

  /** Others who ever ran it. */
  users(name: string): number {
    const template = this.all.get(name);
    if (!template) return 0;
    const ran = (use: PostedUsage) => !use.neverJoined && this.#joined(name, template.registeredAtMs, use);
    return [...this.accounts.values()].filter((account) => account.name !== template.creator && account.usage.some(ran))
      .length;
  }

  /** Once met, a gate stays met. */
  meetGates(): void {
    for (const [name, template] of this.all) {
      if (!template.gateMet && this.runtimeMs(name) >= TEMPLATE_GATE_MS) template.gateMet = true;
    }
  }
}

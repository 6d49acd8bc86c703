import type { ModelAccounts, PostedUsage } from "./accounts";
import { earningSum, line } from "./line";
import { sum } from "./rules";
import type { ModelTerms } from "./terms";

interface ModelTemplate {
  creator: string;
  registeredAtMs: number;
  terms: ModelTerms["template-beta"];
  gateMet: boolean;
}

/** Templates, and what the accounts' usage makes of them. */
export class Templates {
  readonly all = new Map<string, ModelTemplate>();

  constructor(readonly accounts: ModelAccounts) {}

  register(name: string, template: Omit<ModelTemplate, "gateMet">): void {
    this.all.set(name, { ...template, gateMet: false });
    this.meetGates();
  }

  #joined(name: string, { registeredAtMs, terms }: ModelTemplate, use: PostedUsage): boolean {
    return use.service === "pod" && use.template === name && use.postedAtMs >= registeredAtMs - terms.claimMs;
  }

  /** In 1e-13 dollars. */
  royalty = (name: string): bigint => this.spend(name) * (this.all.get(name)?.terms.rate ?? 0n);

  /** Others' spend on pods started from it, of the provenance its terms ask for. */
  spend(name: string): bigint {
    const template = this.all.get(name);
    if (!template) return 0n;
    const others = [...this.accounts.values()].filter((account) => account.name !== template.creator);
    return sum(
      others.map((account) =>
        earningSum(account, template.terms.provenance, (use) => (this.#joined(name, template, use) ? 1n : 0n)),
      ),
    );
  }

  /** Total runtime, everybody's. */
  runtimeMs(name: string): bigint {
    const template = this.all.get(name);
    if (!template) return 0n;
    const all = [...this.accounts.values()].flatMap((account) => line(account));
    return sum(all.map((use) => (this.#joined(name, template, use) ? use.durationMs : 0n)));
  }

  /** Others who ever ran it. */
  users(name: string): number {
    const template = this.all.get(name);
    if (!template) return 0;
    const ran = (use: PostedUsage) => !use.neverJoined && this.#joined(name, template, use);
    return [...this.accounts.values()].filter((account) => account.name !== template.creator && account.usage.some(ran))
      .length;
  }

  /** Once met, a gate stays met. */
  meetGates(): void {
    for (const [name, template] of this.all) {
      if (!template.gateMet && this.runtimeMs(name) >= template.terms.gateMs) template.gateMet = true;
    }
  }
}

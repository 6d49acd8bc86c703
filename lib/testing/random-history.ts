import type { ApiHarness, ApiProcess } from "./api-harness";
import { compareStep } from "./compare-with-model";
import { Dice } from "./dice";
import { ReferenceModel } from "./model/model";
import { RandomClient } from "./random-client";
import { Met } from "./random-scene";
import type { TurningTerms } from "./turning-terms";

const CLIENTS = 2;

/**
 * One random history, played through the API by some clients at once and written into the model beside it. Clients
 * have accounts and templates of their own, and each a model of its own: what one does has no place in another's.
 */
export class RandomHistory {
  /** Of each client. */
  readonly models: readonly ReferenceModel[];
  readonly met = new Met();
  readonly #clients: RandomClient[];
  done = 0;

  constructor(
    readonly api: ApiHarness,
    processes: readonly ApiProcess[],
    /** @param options.eachStep whether every request's accounts are compared with the model as soon as it is answered */
    readonly options: { name: string; seed: number; steps: number; eachStep: boolean; terms: TurningTerms },
  ) {
    const { name, seed, terms } = options;
    this.models = Array.from({ length: CLIENTS }, () => new ReferenceModel(terms.versions));
    const dice = new Dice(seed);
    this.#clients = this.models.map((model, index) => {
      const own = { dice: new Dice(dice.below(2 ** 32)), name: `${name}.c${index}` };
      const first = dice.pick(processes);
      const ordered = [first, ...processes.filter((process) => process !== first)];
      const { met } = this;
      const afterStep = (accounts: readonly string[]) => this.#compare(model, accounts);
      return new RandomClient({ api, processes: ordered, terms, model, met, afterStep, ...own });
    });
  }

  /** What a client's request may have changed: its accounts, who referred them, and the client's templates. */
  async #compare(model: ReferenceModel, touched: readonly string[]): Promise<void> {
    if (!this.options.eachStep) return;
    await compareStep(this.api, model, touched);
    this.met.count("steps compared");
  }

  async begin(): Promise<void> {
    for (const client of this.#clients) await client.begin();
  }

  /** All clients at once do their part of this round of so many. */
  async round(rounds: number): Promise<void> {
    const each = Math.ceil(this.options.steps / rounds / CLIENTS);
    const done = await Promise.all(this.#clients.map((client) => client.play(each)));
    this.done += done.reduce((sum, count) => sum + count, 0);
  }
}

import type { ApiHarness, ApiProcess } from "./api-harness";
import { Dice } from "./dice";
import { ReferenceModel } from "./model/model";
import { RandomClient } from "./random-client";
import { smallTerms } from "./small-terms";

const CLIENTS = 2;

/**
 * One random history, played through the API by some clients at once and written into the model beside it. Clients
 * have accounts and templates of their own, so that what one does has no place in what another does.
 */
export class RandomHistory {
  readonly model = new ReferenceModel(smallTerms);
  readonly #clients: RandomClient[];
  done = 0;

  constructor(
    readonly api: ApiHarness,
    processes: readonly ApiProcess[],
    readonly options: { name: string; seed: number; steps: number },
  ) {
    const { name, seed } = options;
    const dice = new Dice(seed);
    this.#clients = Array.from({ length: CLIENTS }, (_, index) => {
      const own = { dice: new Dice(dice.below(2 ** 32)), name: `${name}.c${index}` };
      return new RandomClient({ api, process: dice.pick(processes), model: this.model, ...own });
    });
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

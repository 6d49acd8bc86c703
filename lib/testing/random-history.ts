import type { ApiHarness, ApiProcess } from "./api-harness";
import { compareStep } from "./compare-with-model";
import { Dice } from "./dice";
import { ReferenceModel } from "./model/model";
import { RandomClient } from "./random-client";
import { Met } from "./random-scene";
import { smallTerms } from "./small-terms";

const CLIENTS = 2;

/**
 * One random history, played through the API by some clients at once and written into the model beside it. Clients
 * have accounts and templates of their own, so that what one does has no place in what another does.
 */
export class RandomHistory {
  readonly model = new ReferenceModel(smallTerms);
  readonly met = new Met();
  readonly #clients: RandomClient[];
  done = 0;

  constructor(
    readonly api: ApiHarness,
    processes: readonly ApiProcess[],
    /** @param options.eachStep whether every request's accounts are compared with the model as soon as it is answered */
    readonly options: { name: string; seed: number; steps: number; eachStep: boolean },
  ) {
    const { name, seed } = options;
    const dice = new Dice(seed);
    this.#clients = Array.from({ length: CLIENTS }, (_, index) => {
      const own = { dice: new Dice(dice.below(2 ** 32)), name: `${name}.c${index}` };
      const first = dice.pick(processes);
      const ordered = [first, ...processes.filter((process) => process !== first)];
      const { model, met } = this;
      const afterStep = (accounts: readonly string[]) => this.#compare(own.name, accounts);
      return new RandomClient({ api, processes: ordered, model, met, afterStep, ...own });
    });
  }

  /** What a client's request may have changed: its accounts, who referred them, and the client's templates. */
  async #compare(client: string, touched: readonly string[]): Promise<void> {
    if (!this.options.eachStep) return;
    await compareStep(this.api, this.model, { client, touched });
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

import type { ApiHarness, ApiProcess } from "./api-harness";
import type { Dice } from "./dice";
import type { ReferenceModel } from "./model/model";
import type { TurningTerms } from "./turning-terms";

/** What random histories are made to meet on purpose. */
export const occasions = [
  "requests sent as copies at once",
  "duplicates within one request",
  "voids before their event within one request",
  "voids after their event within one request",
  "late events, their void in an earlier request",
  "events and voids of an account that is not there yet",
  "steps compared",
] as const;
export type Occasion = (typeof occasions)[number];

/** How often each occasion was met. */
export class Met {
  readonly #counts = new Map<Occasion, number>();

  count(occasion: Occasion, times = 1): void {
    this.#counts.set(occasion, this.of(occasion) + times);
  }

  of = (occasion: Occasion): number => this.#counts.get(occasion) ?? 0;
}

/** Where one client of a random history acts. */
export interface Scene {
  api: ApiHarness;
  /** The client's own first; copies of a request go to others as well. */
  processes: readonly ApiProcess[];
  model: ReferenceModel;
  terms: TurningTerms;
  dice: Dice;
  /** Of the client: what its accounts' names begin with. */
  name: string;
  met: Met;
  /** A request has been answered that concerns these accounts: what they show is compared with the model, or not. */
  afterStep(accounts: readonly string[]): Promise<void>;
}

/** Lets copies of one request go at once, spread over the processes, the client's own first. */
export const atOnce = <T>(
  { processes }: Scene,
  copies: number,
  send: (process: ApiProcess) => Promise<T>,
): Promise<T[]> =>
  Promise.all(
    Array.from({ length: copies }, (_, copy) => {
      const process = processes[copy % processes.length];
      if (!process) throw new Error("There is no process to send to");
      return send(process);
    }),
  );

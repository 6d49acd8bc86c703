import { expect } from "vitest";
import type { Answer } from "./api-harness";
import { atOnce, type Scene } from "./random-scene";

interface Making {
  path: string;
  body: unknown;
  /** What the first to arrive is answered. */
  status: number;
  /** Those whose books it concerns. */
  accounts: readonly string[];
  /** How far ahead the clocks are of those who answer it. */
  aheadMs?: number;
}

/** The requests of one client that make something, each sent once or several times. */
export class RandomRequests {
  #numbers = 0;

  constructor(readonly scene: Scene) {}

  /** A reference nobody used. */
  fresh(): string {
    this.#numbers += 1;
    return `${this.scene.name}.${this.#numbers}`;
  }

  /**
   * Sends the same once or several times, one after the other or at once: it happens once.
   * @returns the answer to each
   */
  async send({ path, body, status, accounts, aheadMs = 0 }: Making): Promise<Answer[]> {
    const { scene } = this;
    const copies = scene.dice.chance(20) ? 2 + scene.dice.below(2) : 1;
    const together = copies > 1 && scene.dice.chance(60);
    const answers: Answer[] = [];
    for (const width of together ? [copies] : Array.from({ length: copies }, () => 1)) {
      answers.push(
        ...(await atOnce(scene, width, (process) =>
          (aheadMs > 0 ? process.ahead(aheadMs) : process).call("POST", path, { body }),
        )),
      );
    }
    if (together) scene.met.count("requests sent as copies at once");
    const again = status === 201 ? 200 : status;
    const expected = [status, ...Array.from({ length: copies - 1 }, () => again)].sort();
    const statuses = answers.map((answer) => answer.status).sort();
    expect({ path, body, statuses }).toEqual({ path, body, statuses: expected });
    await scene.afterStep(accounts);
    return answers;
  }
}

import { expect } from "vitest";
import type { Scene } from "./random-scene";

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
   * Sends the same once or several times, one after the other or (where `together` may be) at once: it happens once.
   * @returns how many requests it was
   */
  async send(path: string, body: unknown, status: number, together = this.scene.dice.chance(50)): Promise<number> {
    const { dice, process } = this.scene;
    const copies = dice.chance(20) ? 2 + dice.below(2) : 1;
    const call = async () => (await process.call("POST", path, { body })).status;
    const statuses: number[] = [];
    if (together) statuses.push(...(await Promise.all(Array.from({ length: copies }, call))));
    else for (let copy = 0; copy < copies; copy += 1) statuses.push(await call());
    const again = status === 201 ? 200 : status;
    const expected = [status, ...Array.from({ length: copies - 1 }, () => again)].sort();
    expect({ path, body, statuses: statuses.sort() }).toEqual({ path, body, statuses: expected });
    return copies;
  }
}

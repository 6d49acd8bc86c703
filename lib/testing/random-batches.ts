import { expect } from "vitest";
import type { ModelSignUp } from "./model/history";
import type { Scene } from "./random-scene";
import { randomEvent, randomInstant, type SentEvent } from "./random-usage";
import { voidOf } from "./usage-events";

interface SentVoid {
  json: ReturnType<typeof voidOf>;
  voids: { key: string; subject: string; voids: string };
}

type Sent = SentEvent | SentVoid;

interface Known {
  named(subject: string): ModelSignUp | undefined;
  opened(subject: string): boolean;
}

/** The usage events and voids of one client: new ones, ones sent before, voids before and after their event. */
export class RandomBatches {
  readonly templates: readonly string[];
  readonly #sent: Sent[] = [];
  /** Events whose void went ahead of them. */
  readonly #late: SentEvent[] = [];
  #numbers = 0;

  constructor(
    readonly scene: Scene,
    readonly known: Known,
  ) {
    this.templates = Array.from({ length: 2 }, (_, index) => `${scene.name}.tpl${index}`);
  }

  /** Sends one request of events of these subjects, at times twice at once. @returns how many events it was. */
  async send(subjects: readonly string[]): Promise<number> {
    const { dice, model, process, api } = this.scene;
    const late = dice.chance(10) ? this.#late.pop() : undefined;
    const batch = late ? [late] : Array.from({ length: 1 + dice.below(7) }, () => this.#item(dice.pick(subjects)));
    this.#sent.push(...batch);
    const copies = dice.chance(15) ? 2 : 1;
    const query = dice.chance(15) ? "?atomic=true" : "";
    const nowMs = api.clock.now.getTime();
    const twice = Array.from({ length: copies }, () => batch);
    const outcomes = twice
      .flat()
      .map((each) => ("usage" in each ? model.use(each.usage, nowMs) : model.takeBack(each.voids, nowMs)));
    const answers = await Promise.all(
      twice.map((each) =>
        process.send(
          each.map(({ json }) => json),
          query,
        ),
      ),
    );
    const counts = (kind: string) => outcomes.filter((each) => each === kind).length;
    const total = (read: (answer: (typeof answers)[number]) => number) =>
      answers.reduce((all, each) => all + read(each), 0);
    const found = {
      accepted: total(({ accepted }) => accepted),
      duplicates: total(({ duplicates }) => duplicates),
      quarantined: total(({ quarantined }) => quarantined),
      rejected: answers.flatMap(({ rejected }) => rejected),
    };
    const expected = {
      accepted: counts("accepted"),
      duplicates: counts("duplicate"),
      quarantined: counts("quarantined"),
    };
    expect({ ...found, batch }).toEqual({ ...expected, rejected: [], batch });
    return batch.length * copies;
  }

  #item(subject: string): Sent {
    const { dice } = this.scene;
    const act = dice.below(100);
    if (act < 12 && this.#sent.length > 0) return dice.pick(this.#sent);
    const voidable = this.#sent.filter((each) => "usage" in each && this.known.opened(each.usage.subject));
    if (act < 26 && voidable.length > 0) {
      const event = dice.pick(voidable);
      if ("usage" in event && event.usage.subject === subject) return this.#voidOf(event);
    }
    if (act < 29 && this.known.opened(subject)) {
      const event = this.#event(subject);
      this.#late.push(event);
      return this.#voidOf(event);
    }
    return this.#event(subject);
  }

  #voidOf({ usage: { key, subject } }: SentEvent): SentVoid {
    const id = this.#fresh();
    const json = { ...voidOf({ subject, source: this.scene.name, id: key }), source: this.scene.name, id };
    return { json, voids: { key: id, subject, voids: key } };
  }

  #event(subject: string): SentEvent {
    const { dice, name, api } = this.scene;
    const template = dice.chance(60) ? dice.pick(this.templates) : null;
    const endedAtMs = randomInstant(dice, api.clock.now.getTime(), this.known.named(subject));
    return randomEvent(dice, { source: name, id: this.#fresh(), subject, endedAtMs, template });
  }

  #fresh(): string {
    this.#numbers += 1;
    return `${this.scene.name}.e${this.#numbers}`;
  }
}

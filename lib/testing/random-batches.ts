import { expect } from "vitest";
import { versionOf } from "./model/terms";
import { atOnce, type Scene } from "./random-scene";
import { randomEvent, randomInstant, type SentEvent } from "./random-usage";
import { voidOf } from "./usage-events";

interface SentVoid {
  json: ReturnType<typeof voidOf>;
  voids: { key: string; subject: string; voids: string };
}

type Sent = SentEvent | SentVoid;

const subjectOf = (each: Sent): string => ("usage" in each ? each.usage : each.voids).subject;

interface Known {
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
    const { dice, model, api, met } = this.scene;
    const query = dice.chance(15) ? "?atomic=true" : "";
    const batch = this.#batch(dice.chance(40) ? [dice.pick(subjects)] : subjects, query !== "");
    this.#count(batch);
    this.#sent.push(...batch);
    const copies = dice.chance(15) ? 2 : 1;
    if (copies > 1) met.count("requests sent as copies at once");
    const nowMs = api.clock.now.getTime();
    const outcomes = Array.from({ length: copies }, () => batch)
      .flat()
      .map((each) => ("usage" in each ? model.use(each.usage, nowMs) : model.takeBack(each.voids, nowMs)));
    const sent = batch.map(({ json }) => json);
    const answers = await atOnce(this.scene, copies, (process) => process.send(sent, query));
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
    await this.scene.afterStep(batch.map(subjectOf));
    return batch.length * copies;
  }

  /**
   * Of a request that is not atomic each account's part is posted by itself: where there are several, what is taken back
   * names no template, whose gate would see one part before another or after it.
   */
  #batch(subjects: readonly string[], isAtomic: boolean): Sent[] {
    const { dice } = this.scene;
    const batch: Sent[] = [];
    const size = 1 + dice.below(7);
    const mayTakeBack = ({ usage }: SentEvent) =>
      isAtomic || new Set(subjects).size === 1 || usage.template === null || usage.service !== "pod";
    while (batch.length < size) batch.push(this.#item(dice.pick(subjects), batch, mayTakeBack));
    return batch;
  }

  /** @param batch what goes ahead of it in the same request */
  #item(subject: string, batch: readonly Sent[], mayTakeBack: (event: SentEvent) => boolean): Sent {
    const { dice } = this.scene;
    const before = [...this.#sent, ...batch];
    const act = dice.below(100);
    if (act < 12 && before.length > 0) return dice.pick(before);
    if (act < 26 && before.length > 0) {
      // Often of the same request, or it would hardly ever be.
      const event = dice.pick(batch.length > 0 && dice.chance(40) ? batch : before);
      if ("usage" in event && event.usage.subject === subject && mayTakeBack(event)) return this.#voidOf(event);
    }
    if (act < 31) {
      const event = this.#event(subject);
      this.#late.push(event);
      return this.#voidOf(event);
    }
    const late = this.#late.findIndex((event) => event.usage.subject === subject && mayTakeBack(event));
    const [event] = late >= 0 && dice.chance(20) ? this.#late.splice(late, 1) : [];
    return event ?? this.#event(subject);
  }

  #count(batch: readonly Sent[]): void {
    const { met } = this.scene;
    const keys = batch.map((each) => ("usage" in each ? each.usage.key : each.voids.key));
    const earlier = new Set(this.#sent.flatMap((each) => ("usage" in each ? [] : each.voids.voids)));
    batch.forEach((each, at) => {
      const isNew = !this.#sent.includes(each);
      if (keys.indexOf(keys[at] ?? "") < at) met.count("duplicates within one request");
      else if (isNew && "usage" in each) {
        if (earlier.has(each.usage.key)) met.count("late events, their void in an earlier request");
      } else if (isNew && "voids" in each && keys.includes(each.voids.voids)) {
        const isAhead = keys.indexOf(each.voids.voids) > at;
        met.count(
          isAhead ? "voids before their event within one request" : "voids after their event within one request",
        );
      }
      if (!this.known.opened(subjectOf(each))) met.count("events and voids of an account that is not there yet");
    });
  }

  #voidOf({ usage: { key, subject } }: SentEvent): SentVoid {
    const id = this.#fresh();
    const json = { ...voidOf({ subject, source: this.scene.name, id: key }), source: this.scene.name, id };
    return { json, voids: { key: id, subject, voids: key } };
  }

  #event(subject: string): SentEvent {
    const { dice, name, api } = this.scene;
    const template = dice.chance(60) ? dice.pick(this.templates) : null;
    const endedAtMs = randomInstant(dice, api.clock.now.getTime(), this.#windowOf(subject));
    return randomEvent(dice, { source: name, id: this.#fresh(), subject, endedAtMs, template });
  }

  #windowOf(subject: string) {
    const { books, versions } = this.scene.model;
    const account = books.accounts.get(subject);
    if (!account) return { signedUpAtMs: 0, months: null };
    const { program, version, signedUpAtMs } = account;
    return { signedUpAtMs, months: versionOf(versions, program, version).months };
  }

  #fresh(): string {
    this.#numbers += 1;
    return `${this.scene.name}.e${this.#numbers}`;
  }
}

import type { Service } from "@/lib/programs/account";
import type { Spread } from "./options";
import { type Population, type Sku, skus } from "./population";

/** A usage event as a platform would send it. */
export interface SentEvent {
  specversion: "1.0";
  type: "usage";
  source: string;
  id: string;
  subject: string;
  time: string;
  data: { sku: string; durationMs: number; quantity: string; resource: string; template?: string };
}

const DUPLICATE_SHARE = 0.1;
const LATE_SHARE = 0.05;
/** Of all events; only pods run templates. */
const TEMPLATE_SHARE = 0.5;
const POD_SHARE = 0.7;
const SERVERLESS_SHARE = 0.2;
/** Of all events, where one template has most of them. */
const ONE_TEMPLATE_SHARE = 0.9;
/** Duplicates repeat one of so many events sent last. */
const REMEMBERED = 20_000;
const DAY_MS = 86_400_000;

/** An endless, reproducible stream of events on a population. */
export class Workload {
  readonly #population: Population;
  readonly #spread: Spread;
  readonly #name: string;
  readonly #recent: SentEvent[] = [];
  #sent = 0;
  #state: number;

  /** @param name tells the events of several workloads apart, and seeds this one. */
  constructor(population: Population, spread: Spread, name: string) {
    this.#population = population;
    this.#spread = spread;
    this.#name = name;
    this.#state = [...name].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);
  }

  take(count: number): SentEvent[] {
    const now = Date.now();
    return Array.from({ length: count }, () => this.#next(now));
  }

  #next(now: number): SentEvent {
    const repeated = this.#chance() < DUPLICATE_SHARE ? this.#one(this.#recent) : undefined;
    if (repeated) return repeated;
    const event = this.#fresh(now);
    this.#recent[this.#sent % REMEMBERED] = event;
    this.#sent += 1;
    return event;
  }

  #fresh(now: number): SentEvent {
    const { sku, service, template } = this.#use();
    const ageMs = this.#chance() < LATE_SHARE ? DAY_MS * (1 + 6 * this.#chance()) : 60_000 * this.#chance();
    return {
      specversion: "1.0",
      type: "usage",
      source: `gpu-fleet/eu-${this.#sent % 4}`,
      id: `01J${this.#name.toUpperCase().padEnd(5, "0")}${this.#sent.toString(32).padStart(18, "0")}`,
      subject: this.#subject(),
      time: new Date(now - Math.floor(ageMs)).toISOString(),
      data: {
        sku,
        durationMs: 60_000 + Math.floor(this.#chance() * 1_080_000),
        quantity: "1",
        resource: `${service}_${Math.floor(this.#chance() * 2 ** 40).toString(36)}`,
        ...(template === undefined ? {} : { template }),
      },
    };
  }

  #use(): Sku & { template: string | undefined } {
    if (this.#spread === "template" && this.#chance() < ONE_TEMPLATE_SHARE) {
      return { ...this.#sku("pod"), template: this.#population.templates[0]?.name };
    }
    const sku = this.#sku(this.#service());
    const onTemplate = sku.service === "pod" && this.#chance() < TEMPLATE_SHARE / POD_SHARE;
    return { ...sku, template: onTemplate ? this.#one(this.#population.templates)?.name : undefined };
  }

  #service(): Service {
    const luck = this.#chance();
    return luck < POD_SHARE ? "pod" : luck < POD_SHARE + SERVERLESS_SHARE ? "serverless" : "storage";
  }

  #sku(service: Service): Sku {
    const sku = this.#one(skus.filter((each) => each.service === service));
    if (!sku) throw new Error(`No sku of ${service}`);
    return sku;
  }

  #subject(): string {
    const { members } = this.#population;
    const luck = this.#chance();
    if (this.#spread === "one" && luck < 0.5) return members[0]?.name ?? "";
    // Log-uniform ranks are Zipf's law with exponent 1.
    if (this.#spread === "zipf") return members[Math.floor(members.length ** luck) - 1]?.name ?? "";
    return this.#one(members)?.name ?? "";
  }

  #one<T>(some: readonly T[]): T | undefined {
    return some[Math.floor(this.#chance() * some.length)];
  }

  /** mulberry32 */
  #chance(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

import type { MachineApi } from "@/demo/machine-api/client";
import type { CloudEvent } from "@/demo/machine-api/requests";
import type { Account } from "@/demo/machine-api/shapes";
import { busyCustomers, newcomer } from "@/demo/personas/cast";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { nextShift, type Shift, type Standing } from "./machines";

/** Somebody the fleet works for. */
interface Client {
  account: Account;
  /** Nothing runs before: whoever has just paid in sees that first. */
  startsAtMs: number;
  /** What runs, and since when. */
  shift: Shift & { sinceMs: number };
}

const FIRST_START_MS = 5_000;
/** Changes are asked for again for so long, because a commit comes later than its clock. */
const OVERLAP_MS = 5_000;

/**
 * A few GPUs for those who look on: people who signed in and have credit, the newcomer once she has signed in, and
 * some demo customers. Meters what really ran, to the millisecond, and stops whatever the balance does not cover.
 */
export class Fleet {
  readonly #api: MachineApi;
  readonly #clients = new Map<string, Client>();
  readonly #startedAtMs: number;
  #seenAtMs: number | null = null;
  /** Metered and not yet acknowledged: sent again as it is. */
  #unsent: CloudEvent[] = [];

  constructor({ api, startedAtMs }: { api: MachineApi; startedAtMs: number }) {
    this.#api = api;
    this.#startedAtMs = startedAtMs;
  }

  /** Meters what ran until `nowMs`, reads the balances, and decides what runs from then on. */
  async tick(nowMs: number): Promise<void> {
    for (const client of this.#clients.values()) if (isOver(client, nowMs)) this.#stop(client, nowMs);
    try {
      await this.#sendMetered();
      await this.#look(nowMs);
    } catch (error) {
      // Without a meter nothing runs.
      for (const client of this.#clients.values()) this.#stop(client, nowMs);
      throw error;
    }
    for (const client of this.#clients.values()) {
      if (nowMs < client.startsAtMs || !isOver(client, nowMs)) continue;
      client.shift = { ...nextShift(standingOf(client.account), nowMs), sinceMs: nowMs };
    }
  }

  /** Ends what runs for a client and meters it. */
  #stop(client: Client, nowMs: number): void {
    const { account, shift } = client;
    client.shift = idle(nowMs);
    const durationMs = nowMs - shift.sinceMs;
    if (durationMs <= 0) return;
    for (const { name, sku, quantity, template } of shift.machines) {
      const resource = `${account.externalId}/${name}`;
      this.#unsent.push({
        specversion: "1.0",
        type: "usage",
        source: "demo/fleet",
        id: `${resource}/${nowMs}`,
        subject: account.externalId,
        time: new Date(nowMs).toISOString(),
        data: { sku, durationMs, quantity: String(quantity), resource, ...(template ? { template } : {}) },
      });
    }
  }

  async #sendMetered(): Promise<void> {
    if (this.#unsent.length === 0) return;
    const { rejected } = await this.#api.sendEvents(this.#unsent);
    this.#unsent = [];
    for (const { id, reason, detail } of rejected) console.error(`${id} was refused (${reason}): ${detail}`);
  }

  /** Learns who is there and what they have. */
  async #look(nowMs: number): Promise<void> {
    const sinceMs = this.#seenAtMs === null ? null : Math.max(this.#startedAtMs, this.#seenAtMs - OVERLAP_MS);
    const accounts = await this.#api.accounts(sinceMs === null ? {} : { updatedSince: new Date(sinceMs) });
    for (const account of accounts) {
      const known = this.#clients.get(account.externalId);
      if (known) {
        known.account = account;
        // Work of an account that was closed stops: what runs for it is charged all the same.
        if (account.status === "closed") known.shift = idle(nowMs);
      } else if (isClient(account, sinceMs !== null)) {
        const startsAtMs = nowMs + FIRST_START_MS;
        this.#clients.set(account.externalId, { account, startsAtMs, shift: idle(nowMs) });
      }
    }
    this.#seenAtMs = nowMs;
  }
}

const idle = (sinceMs: number): Client["shift"] => ({ machines: [], durationMs: 0, sinceMs });

const isOver = ({ shift }: Client, nowMs: number): boolean => nowMs - shift.sinceMs >= shift.durationMs;

/**
 * Whether the fleet works for an account. Signing in changes the newcomer's, which is how it is noticed; those who
 * sign up in the browser have a name of that form. Nobody else's account is touched.
 */
function isClient({ externalId, status, lifetime, wallet }: Account, hasJustChanged: boolean): boolean {
  if (busyCustomers.includes(externalId)) return true;
  if (externalId === newcomer.externalId) return hasJustChanged || lifetime.charged !== "0";
  return externalId.startsWith("acc_") && status !== "closed" && wallet.available !== "0";
}

function standingOf({ externalId, status, wallet, bonus }: Account): Standing {
  const missing = bonus.trigger === null ? null : ((read(bonus.trigger) - read(bonus.progress)) as Nanos);
  return {
    kind: busyCustomers.includes(externalId) ? "busy" : "person",
    available: status === "closed" ? ZERO : read(wallet.available),
    toTrigger: bonus.state === "not_eligible" ? null : missing,
  };
}

function read(dollars: string): Nanos {
  const parsed = parseAmount(dollars);
  return parsed.ok ? parsed.nanos : ZERO;
}

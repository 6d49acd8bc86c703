import type { Page } from "@playwright/test";
import { MachineApi } from "@/demo/machine-api/client";
import { localKey } from "@/demo/machine-api/local-key";
import { newcomer, type Person, type Provider, signInWith } from "./sign-in-steps";

/** Prices of one dollar an hour make amounts easy to read. */
const skus = { pod: "e2e.dollar-an-hour", serverless: "e2e.serverless-dollar-an-hour" } as const;
const HOUR_MS = 3_600_000;

/** A draw is bound some seconds ahead, and waits for the worker's turn. */
export const DRAWN_WITHIN = { timeout: 60_000 };

export interface Usage {
  durationMs: number;
  service?: keyof typeof skus;
  template?: string;
  resource?: string;
}

/** Conditions of the beta gate: so many referred accounts, and $20 of each. */
const GATE_ACCOUNTS = 25;
const GATE_DOLLARS_EACH = "20";

/** What the operator's platform does, over the machine API of the demo under test. */
export class Platform {
  private constructor(
    readonly api: MachineApi,
    readonly call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>,
  ) {}

  /** @param baseUrl of the product. DATABASE_URL and TENSPOT_HOME say where a key can be had, as `npm test` does. */
  static async of(baseUrl: string | undefined): Promise<Platform> {
    const { DATABASE_URL: databaseUrl, TENSPOT_HOME: home, TEST_PARALLEL_INDEX: worker = "0" } = process.env;
    if (!databaseUrl || !home || !baseUrl) {
      throw new Error("Run by `npm test`, or set DATABASE_URL and TENSPOT_HOME to those of the running demo.");
    }
    const key = await localKey({ databaseUrl, home, name: `browser-tests-${worker}`, scopes: ["admin"] });
    const api = new MachineApi({ url: baseUrl, key });
    for (const [service, sku] of Object.entries(skus)) {
      await api.setPrice({ sku, service: service === "pod" ? "pod" : "serverless", unit: "hour", amount: "1" });
    }
    // The price that the calculators begin with.
    await api.setPrice({ sku: "e2e.rtx4090", service: "pod", unit: "hour", amount: "0.34" });
    return new Platform(api, async (method, path, body) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(new URL(path, baseUrl), { method, headers, ...sent });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    });
  }

  /** Gives the account of somebody who signed in the platform's own name for it. */
  async customerOf({ email }: Person): Promise<string> {
    const externalId = `cust-${email.split("@")[0]}`;
    await this.api.openAccount({ externalId, email });
    return externalId;
  }

  /** A customer nobody signs in as, with money; not a new one, so that no bonus pays for its usage. */
  async newCustomer(amount: string): Promise<string> {
    const externalId = `cust-${crypto.randomUUID()}`;
    await this.api.openAccount({ externalId, newAccount: false });
    await this.deposit(externalId, amount);
    return externalId;
  }

  /** @returns the name the deposit goes by */
  async deposit(customer: string, amount: string): Promise<string> {
    const reference = `e2e-${crypto.randomUUID()}`;
    await this.api.deposit(customer, { reference, amount, method: "invoice" });
    return reference;
  }

  /** The bank of who paid takes the whole deposit back. */
  async chargeBack(deposit: string): Promise<void> {
    const reversal = { reference: `${deposit}.back`, reason: "chargeback" };
    await this.call("POST", `/api/v1/deposits/${deposit}/reversals`, reversal);
  }

  /**
   * Usage at a dollar an hour.
   * @param usage intervals in the order given, or as many hours of a pod
   */
  async use(customer: string, usage: number | readonly Usage[]): Promise<void> {
    const intervals = typeof usage === "number" ? [{ durationMs: Math.round(usage * HOUR_MS) }] : usage;
    const answer = await this.api.sendEvents(
      intervals.map(({ service = "pod", durationMs, ...named }) => ({
        specversion: "1.0",
        type: "usage",
        source: "e2e",
        id: crypto.randomUUID(),
        subject: customer,
        time: new Date().toISOString(),
        data: { sku: skus[service], durationMs, ...named },
      })),
    );
    const taken = answer.accepted + answer.quarantined;
    if (taken !== intervals.length) throw new Error(`Usage was not accepted: ${JSON.stringify(answer)}`);
  }

  async registerTemplate(creator: string, template: { externalId: string; name: string }): Promise<void> {
    await this.api.registerTemplate({ creator, ...template });
  }

  /** Posts everything that is due now. */
  async sweep(): Promise<void> {
    await this.api.sweep();
  }

  /** Referred accounts under the beta terms, each with its share of the gate's spend: as many as it takes, or fewer. */
  async referUnderBeta(referralCode: string, count = GATE_ACCOUNTS): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const externalId = `cust-${crypto.randomUUID()}`;
      await this.api.openAccount({ externalId, referralCode });
      const enrolment = { program: "referral-beta", reference: externalId };
      await this.call("POST", `/api/v1/accounts/${externalId}/enrolments`, enrolment);
      await this.deposit(externalId, GATE_DOLLARS_EACH);
      await this.use(externalId, Number(GATE_DOLLARS_EACH));
    }
  }
}

/** Somebody no earlier test has met, who signs in and whom the platform calls by a name of its own. */
export async function customerOn(
  page: Page,
  baseURL: string | undefined,
  name: string,
  provider: Provider = "Google",
): Promise<{ platform: Platform; customer: string; person: Person }> {
  const platform = await Platform.of(baseURL);
  const person = newcomer(name);
  await signInWith(page, provider, person);
  return { platform, customer: await platform.customerOf(person), person };
}

import { MachineApi } from "@/demo/machine-api/client";
import { localKey } from "@/demo/machine-api/local-key";
import type { Person } from "./sign-in-steps";

/** Prices of one dollar an hour make amounts easy to read. */
const skus = { pod: "e2e.dollar-an-hour", serverless: "e2e.serverless-dollar-an-hour" } as const;

interface Usage {
  durationMs: number;
  service?: keyof typeof skus;
  template?: string;
  resource?: string;
}

/** The platform of the demo under test, as far as people earn by it. */
export class EarningPlatform {
  readonly #api: MachineApi;

  private constructor(api: MachineApi) {
    this.#api = api;
  }

  /** @param baseUrl of the product. DATABASE_URL and TENSPOT_HOME say where a key can be had, as `npm test` does. */
  static async of(baseUrl: string | undefined): Promise<EarningPlatform> {
    const { DATABASE_URL: databaseUrl, TENSPOT_HOME: home, TEST_PARALLEL_INDEX: worker = "0" } = process.env;
    if (!databaseUrl || !home || !baseUrl) {
      throw new Error("Run by `npm test`, or set DATABASE_URL and TENSPOT_HOME to those of the running demo.");
    }
    const key = await localKey({ databaseUrl, home, name: `browser-tests-${worker}`, scopes: ["admin"] });
    const api = new MachineApi({ url: baseUrl, key });
    await api.setPrice({ sku: skus.pod, service: "pod", unit: "hour", amount: "1" });
    await api.setPrice({ sku: skus.serverless, service: "serverless", unit: "hour", amount: "1" });
    return new EarningPlatform(api);
  }

  /** Gives the account of somebody who signed in the platform's own name for it. */
  async customerOf({ email }: Person): Promise<string> {
    const externalId = `cust-${email.split("@")[0]}`;
    await this.#api.openAccount({ externalId, email });
    return externalId;
  }

  /** A customer nobody signs in as, with money; not a new one, so that no bonus pays for its usage. */
  async newCustomer(amount: string): Promise<string> {
    const externalId = `cust-${crypto.randomUUID()}`;
    await this.#api.openAccount({ externalId, newAccount: false });
    await this.deposit(externalId, amount);
    return externalId;
  }

  async deposit(customer: string, amount: string): Promise<void> {
    await this.#api.deposit(customer, { reference: `e2e-${crypto.randomUUID()}`, amount, method: "invoice" });
  }

  /** Intervals in the order given, at a dollar an hour. */
  async use(customer: string, usage: readonly Usage[]): Promise<void> {
    const answer = await this.#api.sendEvents(
      usage.map(({ service = "pod", durationMs, ...named }) => ({
        specversion: "1.0",
        type: "usage",
        source: "e2e",
        id: crypto.randomUUID(),
        subject: customer,
        time: new Date().toISOString(),
        data: { sku: skus[service], durationMs, ...named },
      })),
    );
    if (answer.accepted !== usage.length) throw new Error(`Usage was not accepted: ${JSON.stringify(answer)}`);
  }

  async registerTemplate(creator: string, template: { externalId: string; name: string }): Promise<void> {
    await this.#api.registerTemplate({ creator, ...template });
  }

  /** Posts everything that is due now. */
  async sweep(): Promise<void> {
    await this.#api.sweep();
  }
}

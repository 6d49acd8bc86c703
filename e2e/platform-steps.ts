import { MachineApi } from "@/demo/machine-api/client";
import { localKey } from "@/demo/machine-api/local-key";
import type { Person } from "./sign-in-steps";

/** A price of one dollar an hour makes amounts easy to read. */
const SKU = "e2e.dollar-an-hour";
const HOUR_MS = 3_600_000;

/** What the operator's platform does, over the machine API of the demo under test. */
export class Platform {
  readonly #api: MachineApi;

  private constructor(api: MachineApi) {
    this.#api = api;
  }

  /** @param baseUrl of the product. DATABASE_URL and TENSPOT_HOME say where a key can be had, as `npm test` does. */
  static async of(baseUrl: string | undefined): Promise<Platform> {
    const { DATABASE_URL: databaseUrl, TENSPOT_HOME: home, TEST_PARALLEL_INDEX: worker = "0" } = process.env;
    if (!databaseUrl || !home || !baseUrl) {
      throw new Error("Run by `npm test`, or set DATABASE_URL and TENSPOT_HOME to those of the running demo.");
    }
    const key = await localKey({ databaseUrl, home, name: `browser-tests-${worker}`, scopes: ["admin"] });
    const api = new MachineApi({ url: baseUrl, key });
    await api.setPrice({ sku: SKU, service: "pod", unit: "hour", amount: "1" });
    return new Platform(api);
  }

  /** Gives the account of somebody who signed in the platform's own name for it. */
  async customerOf({ email }: Person): Promise<string> {
    const externalId = `cust-${email.split("@")[0]}`;
    await this.#api.openAccount({ externalId, email });
    return externalId;
  }

  async deposit(customer: string, amount: string): Promise<void> {
    await this.#api.deposit(customer, { reference: `e2e-${crypto.randomUUID()}`, amount, method: "invoice" });
  }

  /** Usage that costs as many dollars as it took hours. */
  async use(customer: string, hours: number): Promise<void> {
    const answer = await this.#api.sendEvents([
      {
        specversion: "1.0",
        type: "usage",
        source: "e2e",
        id: crypto.randomUUID(),
        subject: customer,
        time: new Date().toISOString(),
        data: { sku: SKU, durationMs: Math.round(hours * HOUR_MS) },
      },
    ]);
    if (answer.accepted !== 1) throw new Error(`The usage was not accepted: ${JSON.stringify(answer)}`);
  }
}

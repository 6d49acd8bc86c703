import { execFile } from "node:child_process";
import { type Browser, expect, type Page } from "@playwright/test";
import { MachineApi } from "@/demo/machine-api/client";
import { localKey } from "@/demo/machine-api/local-key";
import { newcomer, type Person, signInWith } from "./sign-in-steps";

/** Runs `npm run operator` on the database under test. @throws Error with what it said, when it refused. */
export function operatorCommand(...words: string[]): Promise<string> {
  const script = ["lib/run.mjs", "lib/services/operators/command.ts", ...words];
  const url = process.env.BASE_URL;
  const env = { ...process.env, ...(url ? { NEXTAUTH_URL: url } : {}) };
  return new Promise((done, fail) => {
    execFile(process.execPath, script, { env }, (failure, out, error) =>
      failure ? fail(new Error(error)) : done(out),
    );
  });
}

/** Somebody made an operator by the command before they ever signed in, and signed in. */
export async function operatorPage(browser: Browser, name: string): Promise<{ page: Page; person: Person }> {
  const person = newcomer(name);
  await operatorCommand(person.email);
  const page = await (await browser.newContext()).newPage();
  await signInWith(page, "Google", person);
  return { page, person };
}

/** Opens the form of one of the decisions on the page, makes it, and waits for what the page says of it. */
export async function decide(
  page: Page,
  { about, choice, reason, says }: { about: string | RegExp; choice: string; reason: string; says: string | RegExp },
): Promise<void> {
  const item = page.getByRole("main").getByRole("listitem").filter({ hasText: about });
  const form = item.locator("details");
  if ((await form.getAttribute("open")) === null) await form.locator("summary").click();
  await item.getByText(choice, { exact: true }).click();
  await item.getByLabel("Reason").fill(reason);
  await item.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByRole("status").filter({ hasText: says })).toBeVisible();
}

const SKU = "e2e.dollar-an-hour";
const HOUR_MS = 3_600_000;
const GATE_ACCOUNTS = 25;

/** The platform, as far as an operator has something to decide by it. */
export class DecidingPlatform {
  private constructor(
    readonly api: MachineApi,
    private readonly post: (path: string, body: unknown) => Promise<void>,
  ) {}

  static async of(baseUrl: string | undefined): Promise<DecidingPlatform> {
    const { DATABASE_URL: databaseUrl, TENSPOT_HOME: home, TEST_PARALLEL_INDEX: worker = "0" } = process.env;
    if (!databaseUrl || !home || !baseUrl) {
      throw new Error("Run by `npm test`, or set DATABASE_URL and TENSPOT_HOME to those of the running demo.");
    }
    const key = await localKey({ databaseUrl, home, name: `browser-tests-${worker}`, scopes: ["admin"] });
    const api = new MachineApi({ url: baseUrl, key });
    await api.setPrice({ sku: SKU, service: "pod", unit: "hour", amount: "1" });
    return new DecidingPlatform(api, async (path, body) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const answer = await fetch(new URL(path, baseUrl), { method: "POST", headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    });
  }

  async pays(customer: string, amount: string): Promise<void> {
    await this.api.deposit(customer, { reference: `e2e-${crypto.randomUUID()}`, amount, method: "invoice" });
  }

  /** Usage that costs a dollar an hour, of each customer. */
  async use(customers: readonly string[], hours: number): Promise<void> {
    await this.api.sendEvents(
      customers.map((subject) => ({
        specversion: "1.0",
        type: "usage",
        source: "e2e",
        id: crypto.randomUUID(),
        subject,
        time: new Date().toISOString(),
        data: { sku: SKU, durationMs: hours * HOUR_MS },
      })),
    );
  }

  /** A referrer under the beta terms who has met both conditions, and has applied. */
  async applicant(): Promise<string> {
    const referrer = `cust-${crypto.randomUUID()}`;
    const { value } = await this.api.openAccount({ externalId: referrer });
    const referred = Array.from({ length: GATE_ACCOUNTS }, (_, index) => `${referrer}.${index}`);
    for (const externalId of referred) {
      await this.api.openAccount({ externalId, referralCode: value.referralCode });
      const enrolment = { program: "referral-beta", reference: `e2e-${externalId}` };
      await this.post(`/api/v1/accounts/${externalId}/enrolments`, enrolment);
      await this.pays(externalId, "20");
    }
    await this.use(referred, 20);
    const application = { program: "referral-beta", reference: `e2e-${referrer}` };
    await this.post(`/api/v1/accounts/${referrer}/applications`, application);
    return referrer;
  }
}

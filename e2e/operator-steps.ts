import { execFile } from "node:child_process";
import { type Browser, expect, type Page } from "@playwright/test";
import type { Platform } from "./platform-steps";
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

/** A referrer under the beta terms who has met both conditions, and has applied. */
export async function applicant(platform: Platform): Promise<string> {
  const referrer = `cust-${crypto.randomUUID()}`;
  const { value } = await platform.api.openAccount({ externalId: referrer });
  await platform.referUnderBeta(value.referralCode);
  const application = { program: "referral-beta", reference: `e2e-${referrer}` };
  await platform.call("POST", `/api/v1/accounts/${referrer}/applications`, application);
  return referrer;
}

import type { MachineApi } from "@/demo/machine-api/client";
import { inParallel } from "@/demo/machine-api/parallel";
import { bringIn } from "@/demo/personas/settle-in";
import { betaReferred, betaReferrer, guests, held, payer } from "./guests";
import type { Links } from "./scenes";
import type { Person, Visits } from "./visit";

const TOGETHER = 4;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** The beta gate asks for $500 of 25 accounts: $20 of each, and a little more. */
const BETA_HOURS = 60;

const olga = { name: "Olga Operator" };
const rita = { name: "Rita Referred" };

/** Brings about the states that no persona stands in, by the public API and by hand in the browser. */
export async function setStage(api: MachineApi, visits: Visits, nowMs: number): Promise<Links> {
  await bringIn(api, guests, Math.floor(nowMs / MINUTE_MS) * MINUTE_MS);
  await bringBetaReferrals(api, nowMs);
  await payByCard(api, visits);
  await askAndAnswer(visits);
  await operate(visits);
  return findLinks(visits);
}

async function bringBetaReferrals(api: MachineApi, nowMs: number): Promise<void> {
  const referralCode = (await api.account(betaReferrer.externalId))?.referralCode;
  if (referralCode === undefined) throw new Error(`${betaReferrer.externalId} was not brought in.`);
  await inParallel(betaReferred, TOGETHER, async ({ externalId, name }) => {
    const signedUpAt = new Date(nowMs - 100 * 24 * HOUR_MS).toISOString();
    await api.openAccount({ externalId, name, signedUpAt, referralCode });
    await api.enrol(externalId, { program: "referral-beta", reference: externalId });
    await api.deposit(externalId, { reference: `${externalId}:1`, amount: "25", method: "invoice" });
  });
  await api.sendEvents(
    betaReferred.map(({ externalId }) => ({
      specversion: "1.0",
      type: "usage",
      source: "demo/gallery",
      id: externalId,
      subject: externalId,
      time: new Date(nowMs - 24 * HOUR_MS).toISOString(),
      data: { sku: "demo-rtx4090", durationMs: BETA_HOURS * HOUR_MS },
    })),
  );
  await api.sweep();
  await api.apply(betaReferrer.externalId, { program: "referral-beta", reference: betaReferrer.externalId });
}

async function payByCard(api: MachineApi, visits: Visits): Promise<void> {
  // Named before she signs in: the fleet works for those who are not.
  await api.openAccount(payer);
  await visits.as(payer, {}, async (page) => {
    await page.goto("/funds");
    await page.getByLabel("Keep the card").check();
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await page.getByRole("link", { name: "Fill in the card that is accepted" }).click();
    await page.getByRole("button", { name: /^Pay \$/ }).click();
    await page.waitForURL("**/funds?**");
    // The page follows what the payment provider tells.
    await page.getByRole("list", { name: "Cards on file" }).waitFor();
  });
}

async function askAndAnswer(visits: Visits): Promise<void> {
  await ask(visits, rita, {
    subject: "Does storage count toward the bonus?",
    message: "I keep a volume of 200 GB and wonder whether it moves the bar.",
  });
  await visits.as(olga, {}, async (page) => {
    await page.goto("/operator/support");
    await page
      .locator("summary", { hasText: /^Answer/ })
      .first()
      .click();
    await page
      .getByRole("textbox", { name: /^Answer to/ })
      .fill("It does: whatever your own money pays for counts, whatever the service.");
    await page.getByRole("button", { name: "Send the answer" }).click();
    await page.getByRole("heading", { name: "Answered" }).waitFor();
  });
  await ask(visits, held, {
    subject: "How long does a review take?",
    message: "My bonus says In review. My flatmate and I pay with the same card.",
  });
}

async function ask(visits: Visits, person: Person, { subject, message }: { subject: string; message: string }) {
  await visits.as(person, {}, async (page) => {
    await page.goto("/help/ask?page=/bonus");
    await page.getByRole("textbox", { name: "In a few words" }).fill(subject);
    await page.getByRole("textbox", { name: "Your question" }).fill(message);
    await page.getByRole("button", { name: "Send the question" }).click();
    await page.getByRole("heading", { name: subject }).waitFor();
  });
}

async function operate(visits: Visits): Promise<void> {
  await visits.as(olga, {}, async (page) => {
    await page.goto(`/operator/refunds?account=${payer.externalId}`);
    await page.getByRole("radio").first().check();
    await page.getByRole("textbox", { name: "Amount" }).fill("5");
    await page.getByRole("textbox", { name: "Reason" }).fill("A pod that did not start");
    await page.getByRole("button", { name: "Give back", exact: true }).click();
    await page.waitForURL("**reference=**");
    await page.goto("/operator/credit");
    await page.getByRole("textbox", { name: "Account" }).fill(payer.externalId);
    await page.getByRole("textbox", { name: "Amount" }).fill("750");
    await page.getByRole("textbox", { name: "Reason" }).fill("Goodwill after an outage");
    await page.getByRole("button", { name: "Give credit" }).click();
    await page.waitForURL("**reference=**");
  });
}

/** Where the links of Rafael and Tara lead. */
export async function findLinks(visits: Visits): Promise<Links> {
  const invited = await visits.as({ name: "Rafael Referrer" }, {}, async (page) => {
    await page.goto("/referrals");
    const link = new URL(await page.getByLabel("Your referral link", { exact: true }).inputValue());
    return link.pathname.replace("/r/", "/invited/");
  });
  const template = await visits.as({ name: "Tara Template" }, {}, async (page) => {
    await page.goto("/templates");
    await page.getByRole("main").getByRole("link", { name: "Stable Diffusion XL" }).click();
    const link = await page.getByLabel("Link to the template", { exact: true }).inputValue();
    return new URL(link).searchParams.get("next") ?? "/";
  });
  return { invited, template };
}

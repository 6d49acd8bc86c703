import { type Browser, expect, type Page, test } from "@playwright/test";
import { customerOn, Platform } from "./platform-steps";
import { expectSound } from "./screen-steps";
import { newcomer, type Person, signInWith } from "./sign-in-steps";

const HOUR_MS = 3_600_000;

async function signedIn(browser: Browser, person: Person, link?: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  if (link) await page.goto(link);
  await signInWith(page, "Google", person);
  return page;
}

async function linkOf(page: Page): Promise<string> {
  await page.goto("/referrals");
  return page.getByLabel("Your referral link", { exact: true }).inputValue();
}

/** Somebody who referred somebody, and both of their names on the platform. */
async function pairOf(browser: Browser, baseURL: string | undefined) {
  const platform = await Platform.of(baseURL);
  const [ravi, ines] = [newcomer("Ravi"), newcomer("Ines")];
  const referrer = await signedIn(browser, ravi);
  const referred = await signedIn(browser, ines, await linkOf(referrer));
  return { platform, ravi, ines, referrer, referred, customer: await platform.customerOf(ines) };
}

/** Opens a line by keyboard alone. */
async function openByKeyboard(page: Page, summary: ReturnType<Page["getByText"]>): Promise<void> {
  await summary.focus();
  await page.keyboard.press("Enter");
}

const condition = (page: Page, title: string) =>
  page.getByRole("listitem").filter({ hasText: new RegExp(`^(Met|Not yet|Failed)${title}`) });

test("why a reward is not there yet is told to both sides, and to each only what is its own to know", async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const { platform, ines, ravi, referrer, referred, customer } = await pairOf(browser, baseURL);
  await platform.deposit(customer, "10");
  await platform.use(customer, [{ durationMs: 7.5 * HOUR_MS, service: "serverless" }]);

  await referrer.goto("/referrals");
  const line = referrer.getByText(/^Why not yet\? 6 of 11 conditions met/);
  await openByKeyboard(referrer, line);
  await expect(condition(referrer, "Paid spend reaches the trigger")).toContainText("theirs to know");
  await expect(condition(referrer, "The commission window is open")).toContainText(/^Met.*UTC earns you commission/);
  const told = (await referrer.locator("main").innerText()) + (await referrer.locator("main").innerHTML());
  for (const secret of [ines.email, customer, "2.50", "2.5<", "7.50", "7.5<"]) expect(told).not.toContain(secret);

  await referred.goto("/referrals");
  await openByKeyboard(referred, referred.getByText(/^Why not yet\? 6 of 11 conditions met/));
  await expect(condition(referred, "Paid spend reaches the trigger")).toContainText("$2.50 is missing");
  expect(await referred.locator("main").innerHTML()).not.toContain(ravi.email);

  for (const path of ["/dashboard", "/bonus"]) {
    await referred.goto(path);
    await openByKeyboard(referred, referred.getByText(/^Why not yet\? 1 of 6 conditions met/));
    await expect(condition(referred, "Paid spend reaches the trigger")).toContainText("$2.50 is missing");
  }
  for (const page of [referrer, referred]) await expectSound(page, "/referrals");
  await expectSound(referred, "/bonus");
});

test("a charge is followed to its event, its price, the arithmetic and the deposit that paid", async ({
  page,
  baseURL,
}) => {
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "2");
  await platform.deposit(customer, "5");
  await platform.use(customer, [{ durationMs: 2.5 * HOUR_MS, resource: "pod_abc" }]);

  await page.goto("/statement");
  await openByKeyboard(page, page.getByText("paid from prepaid $2.50"));
  await page.getByRole("link", { name: "Why this cent of posting 3" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/statement/3");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2 h 30 min on pod pod_abc");
  await expect(page.getByText("1 × 2 h 30 min × $1.00 per hour = $2.5")).toBeVisible();
  const paid = page.getByRole("table", { name: "The credit that paid, in the order it is drawn" });
  await expect(paid.getByRole("row")).toHaveCount(3);
  await expect(paid.getByRole("row", { name: /^paid Deposit by invoice .* \$2\.00$/ })).toBeVisible();
  await expect(paid.getByRole("row", { name: /^paid Deposit by invoice .* \$0\.50$/ })).toBeVisible();
  await expectSound(page, "/statement/3");

  await paid.getByRole("link", { name: "Deposit by invoice" }).last().click();
  await page.waitForURL("**/statement/2");
  await expect(page.getByRole("region", { name: "What became of this credit" })).toContainText("$4.50");
  await page.goto("/statement/4");
  await expect(page.getByRole("heading", { name: "There is no such posting" })).toBeVisible();
});

test("a commission is followed to its pair, the rate, what had accrued and what was posted before", async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const { platform, ines, referrer, customer } = await pairOf(browser, baseURL);
  await platform.deposit(customer, "10");
  await platform.use(customer, [{ durationMs: 2 * HOUR_MS, service: "serverless" }]);
  await platform.sweep();
  await referrer.goto("/referrals");
  await referrer.getByRole("link", { name: /^Why this cent: commission of/ }).click();
  await referrer.waitForURL("**/statement/*");
  await expect(referrer.getByRole("heading", { level: 1, name: "Commission" })).toBeVisible();
  const pairs = referrer.getByRole("table", { name: "The pairs it comes of" });
  await expect(pairs.getByRole("row", { name: /, serverless \$2\.00 5% \$0\.10 / })).toBeVisible();
  await expect(referrer.getByText(/less what was posted before, \$0\.00: \$0\.10\./)).toBeVisible();
  const told = await referrer.locator("main").innerHTML();
  for (const secret of [ines.email, customer]) expect(told).not.toContain(secret);
  await expectSound(referrer, new URL(referrer.url()).pathname);
});

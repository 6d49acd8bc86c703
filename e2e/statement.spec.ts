import { expect, type Page, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { Platform } from "./platform-steps";
import { expectSoundAt390, liveStream, withoutReload } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

const HOUR_MS = 3_600_000;

const statement = (page: Page) =>
  page.getByRole("table", { name: "Postings, newest first, with the spendable credit each left" });
/** The rows that say what happened, newest first: each posting has one. */
const postings = (page: Page) => statement(page).locator("tbody > tr", { has: page.locator("th time") });

test("somebody new is told what will be the first line, and led there", async ({ page }) => {
  await signInWith(page, "Google", newcomer());
  await page.goto("/statement");
  await expect(page.getByText("Nothing has been posted yet")).toBeVisible();
  await page.getByRole("link", { name: "Add funds" }).click();
  await expect(page.getByRole("heading", { name: "Funds" })).toBeVisible();
});

test("every posting is said in words, with what it changed and left; its ledger entries balance", async ({
  page,
  baseURL,
}) => {
  const nora = newcomer("Nora");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", nora);
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "5");
  await platform.use(customer, [
    { durationMs: 1.5 * HOUR_MS, resource: "pod_abc" },
    { durationMs: 5 * HOUR_MS, service: "serverless" },
  ]);
  await platform.deposit(customer, "10");
  await page.goto("/statement");

  const texts = [
    ["Deposit by invoice", "+$10.00", "$8.50"],
    ["Usage: e2e.serverless-dollar-an-hour, 5 h", "−$5.00", "$1.50 arrears"],
    ["Usage: e2e.dollar-an-hour, 1 h 30 min on pod pod_abc", "−$1.50", "$3.50"],
    ["Deposit by invoice", "+$5.00", "$5.00"],
  ];
  await expect(postings(page)).toHaveCount(texts.length);
  for (const [index, parts] of texts.entries()) {
    for (const part of parts) await expect(postings(page).nth(index)).toContainText(part);
  }
  await page.getByText("paid from prepaid $1.50").click();
  const entries = page.getByRole("table", { name: "Ledger entries of posting 2" });
  await expect(entries.getByRole("row", { name: /^Prepaid money paid \$1\.50 \$3\.50$/ })).toBeVisible();
  await expect(entries.getByRole("row", { name: /^Charged for pods revenue\.pod \$1\.50 \$1\.50$/ })).toBeVisible();
});

test("older pages go on where the newer ended, also when something happens in between", async ({ page, baseURL }) => {
  const nora = newcomer("Nora");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", nora);
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "100");
  await platform.use(customer, Array(30).fill({ durationMs: HOUR_MS / 4 }));
  await page.goto("/statement");
  await expect(postings(page)).toHaveCount(25);
  await expect(postings(page).last()).toContainText("$98.50");
  await platform.use(customer, [{ durationMs: HOUR_MS / 4 }]);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(postings(page).last()).toContainText("Deposit by invoice");
  await expect(postings(page).first()).toContainText(/\$98\.(50|75)/);
  await expect(postings(page).last()).toContainText("$100.00");
  await expect(page.getByRole("link", { name: "Older" })).toBeHidden();

  const address = new URL(page.url());
  address.searchParams.set("from", "eyJzZXEiOiIxIiwiYmFsYW5jZXMiOnsicGFpZCI6Ijk5OSJ9fQ.made-up");
  await page.goto(address.href);
  await expect(postings(page)).toHaveCount(25);
  await expect(postings(page).first()).toContainText("$92.25");
});

test("what is posted appears by itself, and what was opened stays open", async ({ page, baseURL }) => {
  const nora = newcomer("Nora");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "GitHub", nora);
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "5");
  const live = liveStream(page);
  await page.goto("/statement");
  await live;
  await page.getByText("$5.00 to paid credit").click();
  const noReload = await withoutReload(page);
  await platform.use(customer, [{ durationMs: 2 * HOUR_MS }]);
  await expect(postings(page)).toHaveCount(2);
  await expect(figure(page, "Available now")).toHaveText("$3.00");
  await expect(page.getByRole("table", { name: "Ledger entries of posting 1" })).toBeVisible();
  await noReload();
});

test("the statement is sound at 390 pixels, empty and with a posting opened", async ({ page, baseURL }) => {
  test.slow();
  const nora = newcomer("Nora");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", nora);
  await expectSoundAt390(page, "/statement");
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "5");
  await platform.use(customer, [
    { durationMs: 20, resource: "pod_with_a_very_long_name_that_does_not_break_anywhere" },
  ]);
  await expectSoundAt390(page, "/statement");
});

import { expect, type Page, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { customerOn, Platform } from "./platform-steps";
import { expectSound, liveStream, withoutReload } from "./screen-steps";
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
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
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
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
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

  await page.goto("/statement?below=not-a-number");
  await expect(postings(page)).toHaveCount(25);
  await expect(postings(page).first()).toContainText("$92.25");
});

test("what is posted appears by itself, and what was opened stays open", async ({ page, baseURL }) => {
  const { platform, customer } = await customerOn(page, baseURL, "Nora", "GitHub");
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

test("a search finds by words, kind and amount, keeps its address, and leaves as a file", async ({ page, baseURL }) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "40");
  await platform.use(customer, [
    { durationMs: 2 * HOUR_MS, resource: "pod_abc" },
    { durationMs: 3 * HOUR_MS, resource: "pod_def" },
    { durationMs: 4 * HOUR_MS, service: "serverless", resource: "pod_abc" },
  ]);
  await page.goto("/statement");
  await page.getByLabel("Words").fill("pod_abc");
  await page.getByLabel("What happened").selectOption("Usage");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(postings(page)).toHaveCount(2);
  await expect(postings(page).last()).toContainText("$38.00");
  await page.getByLabel("At most").fill("2");
  await page.getByLabel("At most").press("Enter");
  await expect(postings(page)).toHaveCount(1);
  await expect(page).toHaveURL(/words=pod_abc.*kind=usage.*most=2/);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^tenspot-statement-search-.*\.csv$/);
  const file = (await (await download.createReadStream()).toArray()).join("");
  const [head, line, ...others] = file.trimEnd().split("\r\n");
  expect(others).toEqual([]);
  expect(head).toMatch(/^posting,at,kind,reason,change,balance,/);
  expect(line).toContain("on pod pod_abc");
  expect(line).toContain(",-2,38,");

  await page.getByRole("link", { name: "Show all" }).click();
  await expect(postings(page)).toHaveCount(4);
  await page.goto("/statement?from=2026-02-31&least=x");
  await expect(page.getByLabel("First day")).toHaveAccessibleDescription(/year-month-day/);
  await expect(page.getByLabel("At least")).toHaveAccessibleDescription(/dollars/);
  await expectSound(page, "/statement?words=nothing+has+this");
  await expect(page.getByText("Nothing matches")).toBeVisible();
});

test("what one had at an instant is told from the ledger, and before anything was posted when that began", async ({
  page,
  baseURL,
}) => {
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "40");
  await platform.use(customer, 2);
  await page.goto("/statement");
  const today = new Date().toISOString().slice(0, 10);
  await page.getByLabel("Day", { exact: true }).fill(today);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText(/^At the end of /).locator("xpath=following-sibling::p[1]")).toHaveText("$38.00");
  await page.getByRole("main").getByRole("link", { name: "posting 2", exact: true }).click();
  await expect(page).toHaveURL(/\/statement\/2$/);
  await page.goto("/statement?day=2020-05-03&time=14:30");
  await expect(page.getByText("Nothing had been posted yet; your books begin on")).toBeVisible();
  await page.goto("/statement?day=2999-01-01");
  await expect(page.getByLabel("Day", { exact: true })).toHaveAccessibleDescription(/still to come/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the statement is searched and asked for an instant by its forms", async ({ page, baseURL }) => {
    const nora = newcomer("Nora");
    const platform = await Platform.of(baseURL);
    await signInWith(page, "Google", nora);
    const customer = await platform.customerOf(nora);
    await platform.deposit(customer, "40");
    await platform.use(customer, 2);
    await page.goto("/statement");
    await page.getByLabel("Words").fill("invoice");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(postings(page)).toHaveCount(1);
    await page.getByLabel("Day", { exact: true }).fill(new Date().toISOString().slice(0, 10));
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page.getByText("added up from the ledger to the nano-dollar")).toBeVisible();
  });
});

test("nobody exports a statement without being signed in", async ({ request }) => {
  expect((await request.get("/statement/export?format=csv")).status()).toBe(401);
});

test("the statement is sound on a phone and on a desk, empty and with a posting opened", async ({ page, baseURL }) => {
  test.slow();
  const nora = newcomer("Nora");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", nora);
  await expectSound(page, "/statement");
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "5");
  await platform.use(customer, [
    { durationMs: 20, resource: "pod_with_a_very_long_name_that_does_not_break_anywhere" },
  ]);
  await expectSound(page, "/statement");
  await expect(page.getByRole("table", { name: "Ledger entries of posting 2" })).toBeVisible();
});

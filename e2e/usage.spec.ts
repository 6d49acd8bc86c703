import { expect, type Locator, type Page, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { customerOn, Platform } from "./platform-steps";
import { expectSound } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

const HOUR_MS = 3_600_000;

/** Opens the table behind a chart, unless it stayed open from the page before. */
const unfold = (page: Page, table: Locator) =>
  expect(async () => {
    if (!(await table.isVisible())) await page.getByText("The same numbers as a table").click();
    await expect(table).toBeVisible({ timeout: 1_000 });
  }).toPass();

test("usage opens from what it went to, to its intervals, to why one cost what it did, and leaves as a file", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const platform = await Platform.of(baseURL);
  const nora = newcomer("Nora");
  await signInWith(page, "Google", nora);
  await page.getByRole("link", { name: "Usage", exact: true }).click();
  await expect(page.getByText("Nothing ran: last 30 days")).toBeVisible();

  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "8");
  await platform.use(customer, [
    { durationMs: 1.5 * HOUR_MS, resource: "pod_abc" },
    { durationMs: 2 * HOUR_MS, service: "serverless" },
  ]);
  await page.reload();
  await expect(figure(page, "Charged, last 30 days")).toContainText("$3.50");
  await page.getByRole("link", { name: "Resource", exact: true }).click();
  await expect(page.getByRole("row", { name: "no resource" })).toContainText("$2.00");
  await page.getByRole("link", { name: "pod_abc" }).click();
  await expect(page).toHaveURL(/by=resource&resource=pod_abc/);
  await expect(figure(page, "Charged, last 30 days")).toContainText("$1.50");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  const file = (await (await download.createReadStream()).toArray()).join("");
  expect(file.trimEnd().split("\r\n")).toHaveLength(2);
  expect(file).toContain(",pod_abc,");

  await page.getByRole("main").getByRole("table").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/statement\/\d+$/);
  await expect(page.getByRole("main")).toContainText("pod_abc");
  await expectSound(page, "/usage?by=resource&resource=pod_abc");
  await expectSound(page, "/usage?by=sku&days=365");
});

test("a period opens from its days to an hour's intervals, narrowed by name, all of it in the address", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "8");
  await platform.use(customer, [
    { durationMs: HOUR_MS, resource: "pod_abc" },
    { durationMs: HOUR_MS, service: "serverless" },
  ]);
  await page.goto("/usage?days=7&service=pod&by=resource");
  await expect(page.getByRole("list", { name: "Only" })).toContainText("pod");
  await expect(figure(page, "Charged, last 7 days")).toContainText("$1.00");
  const days = page.getByRole("table", { name: /^Spend per day/ });
  await unfold(page, days);
  await expect(days.getByRole("row")).toHaveCount(8);
  await days.getByRole("row").filter({ hasText: "$1.00" }).getByRole("link").click();
  await expect(page).toHaveURL(/from=.*&to=.*service=pod/);
  const hours = page.getByRole("table", { name: /^Spend per hour/ });
  await unfold(page, hours);
  await hours.getByRole("row").filter({ hasText: "$1.00" }).getByRole("link").click();
  await expect(page).toHaveURL(/hour=/);
  await expect(page.getByRole("table", { name: /^Metered intervals/ })).toContainText("pod_abc");
  await page.getByRole("link", { name: "Not only Service pod" }).click();
  await expect(page.getByRole("table", { name: /^Metered intervals/ }).getByRole("row")).toHaveCount(3);
  await expectSound(page, page.url());
  await page.getByLabel("From").fill("2026-01-01");
  await page.getByLabel("To, included").fill("2026-01-02");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/from=2026-01-01&to=2026-01-02/);
  await expect(page.getByText("Nothing ran: 1 Jan 2026 to 2 Jan 2026")).toBeVisible();
});

test("nobody exports without being signed in", async ({ request }) => {
  expect((await request.get("/usage/export?format=csv")).status()).toBe(401);
});

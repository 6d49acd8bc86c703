import { expect, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { Platform } from "./platform-steps";
import { expectSoundAt390 } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

const HOUR_MS = 3_600_000;

test("usage opens from what it went to, to its intervals, to why one cost what it did, and leaves as a file", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const platform = await Platform.of(baseURL);
  const nora = newcomer("Nora");
  await signInWith(page, "Google", nora);
  await page.getByRole("link", { name: "Usage", exact: true }).click();
  await expect(page.getByText("Nothing ran in the last 30 days")).toBeVisible();

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
  await expect(page).toHaveURL(/by=resource&name=pod_abc/);
  await expect(figure(page, "Charged for pod_abc, last 30 days")).toContainText("$1.50");
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
  await expectSoundAt390(page, "/usage?by=resource&name=pod_abc");
  await expectSoundAt390(page, "/usage?by=sku&days=365");
});

test("nobody exports without being signed in", async ({ request }) => {
  expect((await request.get("/usage/export?format=csv")).status()).toBe(401);
});

import { expect, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { customerOn, DRAWN_WITHIN, Platform } from "./platform-steps";
import { expectSound, liveStream, withoutReload } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

test("somebody new is told what to do first, and is led there", async ({ page }) => {
  await signInWith(page, "Google", newcomer());
  await expect(figure(page, "Available credit")).toHaveText("$0.00");
  await expect(page.getByRole("progressbar", { name: "Paid spend toward the bonus" })).toHaveAttribute(
    "aria-valuetext",
    "$0.00 of $10.00 spent",
  );
  await expect(page.getByText("A deposit alone does not count: it has to be spent.")).toBeVisible();
  await expect(page.getByText("Nothing has moved yet")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Pay in $10" }).click();
  await expect(page.getByRole("heading", { name: "Funds" })).toBeVisible();
});

test("balance, bar, entries and bonus move as usage comes in, without a reload", async ({ page, baseURL }) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  const live = liveStream(page);
  await page.goto("/dashboard");
  await live;
  const noReload = await withoutReload(page);
  const bar = page.getByRole("progressbar", { name: "Paid spend toward the bonus" });

  await platform.deposit(customer, "25");
  await expect(figure(page, "Available credit")).toHaveText("$25.00");
  await expect(page.getByText("Your credit is ready: start something")).toBeVisible();

  await platform.use(customer, 4);
  await expect(bar).toHaveAttribute("aria-valuetext", "$4.00 of $10.00 spent");
  await expect(figure(page, "Available credit")).toHaveText("$21.00");
  await expect(page.getByRole("main").getByRole("listitem").first()).toContainText("4 h");

  await platform.use(customer, 6);
  await expect(page.getByText("Your bonus", { exact: true })).toBeVisible(DRAWN_WITHIN);
  await expect(page.getByRole("main").getByRole("listitem").first()).toContainText("Bonus drawn");
  await noReload();
});

test("what happened while the connection was down is there once it is back", async ({ page, baseURL }) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora", "GitHub");
  await page.route("**/live*", (route) => route.abort());
  await page.goto("/dashboard");
  const noReload = await withoutReload(page);
  await expect(page.getByText("Live updates are interrupted.")).toBeVisible();
  await expect(figure(page, "Available credit")).toHaveText("$0.00");

  await platform.deposit(customer, "10");
  await page.unroute("**/live*");
  await expect(figure(page, "Available credit")).toHaveText("$10.00", { timeout: 40_000 });
  await expect(page.getByText("Live updates are interrupted.")).toBeHidden();
  await noReload();
});

test("an amount is shown in cents, and whole to who hovers, taps or listens", async ({ page, baseURL }) => {
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "10");
  await platform.use(customer, 0.0333);
  await page.goto("/dashboard");
  const available = figure(page, "Available credit");
  await expect(available.getByTitle("$9.9667")).toHaveText("$9.96");
  await expect(available).toContainText("$9.9667");
  await page.getByLabel("Exact amounts").check();
  await expect(available.getByText("$9.9667", { exact: true })).toBeVisible();
  await expect(available.getByTitle("$9.9667")).toBeHidden();
});

test("how long credit lasts and when the bar is full follow the pace of use", async ({ page, baseURL }) => {
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "8");
  await page.goto("/dashboard");
  await expect(page.getByText("Nothing was used in the last 7 days, so there is no pace")).toBeVisible();
  await expect(page.getByText("$2.00 more has to be paid in, and spent")).toBeVisible();
  await platform.deposit(customer, "17");
  await platform.use(customer, 4);
  // A dollar an hour: what is left of $25 lasts 21 hours, and the rest of the bar six.
  await page.goto("/dashboard");
  await expect(page.getByText("Lasts about 21 hours at the pace of the last hour")).toBeVisible();
  await expect(page.getByText("Reached in about 6 hours")).toBeVisible();
  await page.getByText("How this is worked out").click();
  await expect(page.getByRole("row", { name: "The last hour" })).toContainText("$4.00");
});

test("a bonus is watched being drawn once, on whichever device", async ({ page, browser, baseURL }) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "15");
  await platform.use(customer, 10);
  await page.goto("/dashboard");
  await expect(page.locator("[data-reveal=drawing]")).toBeVisible(DRAWN_WITHIN);
  // It is still once it was watched: the same page, read again.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Your bonus", { exact: true })).toBeVisible();
    await expect(page.locator("[data-reveal]")).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ intervals: [6_000], timeout: 40_000 });
  const other = await browser.newContext({ storageState: await page.context().storageState() });
  const elsewhere = await other.newPage();
  await elsewhere.goto("/dashboard");
  await expect(elsewhere.getByText("Your bonus", { exact: true })).toBeVisible();
  await expect(elsewhere.locator("[data-reveal]")).toHaveCount(0);
  await other.close();
});

test("usage beyond the balance is called what it is", async ({ page, baseURL }) => {
  const { platform, customer } = await customerOn(page, baseURL, "Omar");
  await platform.deposit(customer, "5");
  await platform.use(customer, 8);
  await page.goto("/dashboard");
  await expect(page.getByText("Your usage went beyond your balance")).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "−$3.00" })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuetext", "$5.00 of $10.00 spent");
});

test("a stranger is asked to sign in, and hears nothing live", async ({ page, request }) => {
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in\?/);
  expect((await request.get("/live")).status()).toBe(401);
});

test("the dashboard is sound on a phone and on a desk, empty and in use", async ({ page, baseURL }) => {
  test.slow();
  const nora = newcomer("Nora");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", nora);
  await expectSound(page, "/dashboard");
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "10");
  await platform.use(customer, 3.21);
  await expectSound(page, "/dashboard");
});

import { expect, type Page, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { customerOn, Platform } from "./platform-steps";
import { liveStream, withoutReload } from "./screen-steps";
import { goThrough, newcomer, signInWith, signOutTheOther } from "./sign-in-steps";

/** A telephone on a weak line: nothing is answered within this. */
const LATENCY_MS = 1_500;

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: 200_000,
    uploadThroughput: 50_000,
  });
}

/** How often a form of a page was sent. */
function countSent(page: Page, path: string): () => number {
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && new URL(request.url()).pathname === path) sent += 1;
  });
  return () => sent;
}

const section = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: new RegExp(`^${name}`) });

const told = (page: Page, title: string) => expect(page.getByRole("status").filter({ hasText: title })).toBeVisible();

test("on a slow line a page is read and used before its scripts are there", async ({ page }) => {
  await signInWith(page, "Google", newcomer());
  // Never answered: what is there comes with the page itself.
  await page.route("**/_next/static/**/*.js", () => {});
  await page.goto("/dashboard", { waitUntil: "commit" });
  await expect(figure(page, "Available credit")).toHaveText("$0.00");
  await section(page, "Funds").click({ noWaitAfter: true });
  await expect(page.getByRole("heading", { level: 1, name: "Funds" })).toBeVisible();
  await page.getByText("$25", { exact: true }).click();
  await page.getByRole("button", { name: "Continue to payment" }).click({ noWaitAfter: true });
  await expect(page.getByRole("heading", { name: "Pay $25.00" })).toBeVisible();
});

test("on a slow line links and buttons say that they are at work, and a form is sent once", async ({ page }) => {
  await signInWith(page, "Google", newcomer());
  const sent = countSent(page, "/funds");
  const live = liveStream(page);
  await page.goto("/dashboard");
  await live;
  await slowDown(page);
  await section(page, "Funds").click();
  await expect(section(page, "Funds")).toHaveAccessibleName(/is loading$/);
  await expect(page.getByRole("heading", { level: 1, name: "Funds" })).toBeVisible();
  await expect(section(page, "Funds")).toHaveAccessibleName("Funds");

  await page.getByText("$25", { exact: true }).click();
  await page.getByRole("button", { name: "Continue to payment" }).click();
  const working = page.getByRole("button", { name: "Opening the payment page…" });
  await expect(working).toHaveAttribute("aria-disabled", "true");
  await expect(working).toBeFocused();
  for (let again = 0; again < 3; again += 1) await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Pay $25.00" })).toBeVisible();
  expect(sent()).toBe(1);
});

test("a stream that is cut is taken up where it ended", async ({ page, context, baseURL }) => {
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  const live = liveStream(page);
  await page.goto("/dashboard");
  await live;
  const noReload = await withoutReload(page);
  await context.setOffline(true);
  await platform.deposit(customer, "10");
  const again = liveStream(page);
  await context.setOffline(false);
  await again;
  await expect(figure(page, "Available credit")).toHaveText("$10.00");
  await noReload();
});

test("a session that ended leads to signing in, says so, says that nothing was sent, and leads back", async ({
  page,
  browser,
}) => {
  const nora = newcomer("Nora");
  const elsewhere = await (await browser.newContext()).newPage();
  await signInWith(elsewhere, "Google", nora);
  await signInWith(page, "Google", nora);

  await signOutTheOther(elsewhere);
  await section(page, "Usage").click();
  await told(page, "You are signed out in this browser");
  await goThrough(page, "Google", nora);
  await page.waitForURL("**/usage");

  await section(page, "Templates").click();
  await page.getByLabel("Name", { exact: true }).fill("Whisper");
  await page.getByLabel("Id", { exact: true }).fill("whisper");
  await signOutTheOther(elsewhere);
  await page.getByRole("button", { name: "Register" }).click();
  await told(page, "Nothing was done: you are signed out in this browser");
  await goThrough(page, "Google", nora);
  await page.waitForURL("**/templates");
  await expect(page.getByText("No templates yet")).toBeVisible();

  // What a browser is left with when a session comes to its end by itself. A page left open may ask on its own.
  await page.context().clearCookies();
  await page.goto("/statement");
  await told(page, "Please sign in");
  await goThrough(page, "Google", nora);
  await page.waitForURL("**/statement");
});

test("the live stream of a session that ended ends with it, and the page says why it stands still", async ({
  page,
  browser,
}) => {
  const nora = newcomer("Nora");
  const elsewhere = await (await browser.newContext()).newPage();
  await signInWith(elsewhere, "Google", nora);
  await signInWith(page, "Google", nora);
  const live = liveStream(page);
  await page.goto("/referrals");
  await live;
  await signOutTheOther(elsewhere);
  await told(page, "You are signed out in this browser: what you see may be out of date.");
  await expect(page.getByText("Live updates are interrupted.")).toBeHidden();
  await page.getByRole("link", { name: "Sign in again" }).click();
  await told(page, "You are signed out in this browser");
  await goThrough(page, "Google", nora);
  await page.waitForURL("**/referrals");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("every page of a customer can be read, and its forms are answered", async ({ page, baseURL }) => {
    const nora = newcomer("Nora");
    const platform = await Platform.of(baseURL);
    await signInWith(page, "Google", nora);
    const customer = await platform.customerOf(nora);
    await platform.deposit(customer, "25");
    await platform.use(customer, [{ durationMs: 14_400_000, resource: "pod_abc" }]);

    const content = page.getByRole("main");
    await page.goto("/dashboard");
    await expect(figure(page, "Available credit")).toHaveText("$21.00");
    await expect(page.getByRole("progressbar", { name: "Paid spend toward the bonus" })).toHaveAttribute(
      "aria-valuetext",
      "$4.00 of $10.00 spent",
    );
    await page.getByText("The same numbers as a table").click();
    await expect(
      page
        .getByRole("table", { name: /^Last 30 days/ })
        .getByRole("row")
        .last(),
    ).toContainText("$4.00");
    await page.goto("/usage?by=resource");
    await expect(page.getByRole("row", { name: "pod_abc" })).toContainText("$4.00");
    await page.goto("/statement");
    await expect(content).toContainText("Deposit by invoice");
    await page.goto("/referrals");
    await expect(page.getByLabel("Your referral link", { exact: true })).toHaveValue(/\/r\/[0-9a-z]+$/);
    for (const [path, words] of [
      ["/bonus", "$4.00"],
      ["/notifications", "Nothing yet"],
      ["/fairness", "How a draw works"],
      ["/help", "Why has my bonus not come?"],
      ["/", "Spent, not deposited"],
    ] as const) {
      await page.goto(path);
      await expect(content, path).toContainText(words);
    }
    // Text in a `noscript` is passed over by other ways to look for it.
    await expect(page.locator("noscript p")).toHaveCount(3);
    await expect(page.locator("noscript p").first()).toBeVisible();

    await page.goto("/templates");
    await page.getByLabel("Name", { exact: true }).fill("Whisper");
    await page.getByLabel("Id", { exact: true }).fill("whisper");
    await page.getByRole("button", { name: "Register" }).click();
    await expect(content).toContainText("Whisper is registered");
    await content.getByRole("link", { name: "Whisper" }).click();
    await expect(page.getByRole("form", { name: "What Whisper would earn" })).toContainText("$18.14");
    await page.goto("/help/ask");
    await page.getByLabel("In a few words").fill("Without scripts");
    await page.getByRole("textbox", { name: "Your question" }).fill("Does this arrive?");
    await page.getByRole("button", { name: "Send the question" }).click();
    await expect(content).toContainText("Your question is in the operator's inbox.");
  });
});

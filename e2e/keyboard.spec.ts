import { expect, test } from "@playwright/test";
import {
  expectPlaceKept,
  goBySection,
  press,
  signInByKeyboard,
  skipToContent,
  tabTo,
  typeInto,
} from "./keyboard-steps";
import { applicant, operatorCommand } from "./operator-steps";
import { figure } from "./pay-steps";
import { Platform } from "./platform-steps";
import { newcomer } from "./sign-in-steps";

test("a customer comes from the landing page to a paid balance by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await skipToContent(page);
  await press(page, page.getByRole("link", { name: "Sign in or sign up" }));
  await signInByKeyboard(page, newcomer());

  await skipToContent(page);
  await press(page, page.getByRole("main").getByRole("link", { name: "Pay in $10" }));
  await expect(page.getByRole("heading", { level: 1, name: "Funds" })).toBeVisible();
  await expectPlaceKept(page);
  await tabTo(page, page.getByRole("radio", { name: "$10", exact: true }));
  const wanted = page.getByRole("radio", { name: "$25" });
  await page.keyboard.press("ArrowRight");
  await expect(wanted).toBeChecked();
  await press(page, page.getByRole("button", { name: "Continue to payment" }));

  await expect(page.getByRole("heading", { name: "Pay $25.00" })).toBeVisible();
  await press(page, page.getByRole("link", { name: "Fill in the card that is accepted" }));
  await expect(page.getByLabel("Card number")).not.toHaveValue("");
  await press(page, page.getByRole("button", { name: /^Pay \$/ }));
  await page.waitForURL("**/funds?payment=returned**");
  await expect(page.getByRole("status").filter({ hasText: "$25.00 are in your prepaid balance." })).toBeVisible();
  await goBySection(page, "Dashboard");
  await expect(figure(page, "Available credit")).toHaveText("$25.00");
});

test("a referrer copies the link, saves its code as a picture, and makes and ends a key, by keyboard alone", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/sign-in");
  await signInByKeyboard(page, newcomer("Ravi"));
  await goBySection(page, "Referrals");
  const copy = page.getByRole("button", { name: "Copy Your referral link" });
  await press(page, copy);
  await expect(page.getByText("Copied.")).toBeVisible();
  await expect(copy).toBeFocused();
  const link = page.getByLabel("Your referral link", { exact: true });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await link.inputValue());

  const download = page.waitForEvent("download");
  await press(page, page.getByRole("link", { name: "SVG" }));
  expect((await download).suggestedFilename()).toBe("tenspot-referral.svg");
  const code = `ravi-${crypto.randomUUID().slice(0, 8)}`;
  await typeInto(page, page.getByLabel("A code of your own"), code);
  await page.keyboard.press("Enter");
  await expect(link).toHaveValue(new RegExp(`/r/${code}$`));
  await expectPlaceKept(page);

  await goBySection(page, "Settings");
  await typeInto(page, page.getByRole("region", { name: "API keys" }).getByLabel("Name"), "spreadsheet");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Your new key")).toHaveValue(/^tsk_/);
  await expectPlaceKept(page);
  await press(page, page.getByText("Revoke spreadsheet"), "Shift+Tab");
  await press(page, page.getByRole("button", { name: "Revoke this key" }));
  await expect(page.getByText("No keys yet")).toBeVisible();
  await expectPlaceKept(page);
  await press(page, page.getByRole("button", { name: "Sign out", exact: true }));
  await page.waitForURL((url) => url.pathname === "/");
});

test("a creator registers a template, opens it and asks what if, by keyboard alone", async ({ page }) => {
  await page.goto("/sign-in");
  await signInByKeyboard(page, newcomer("Tara"));
  await goBySection(page, "Templates");
  await typeInto(page, page.getByLabel("Name", { exact: true }), "Whisper");
  await typeInto(page, page.getByLabel("Id", { exact: true }), "whisper");
  await press(page, page.getByRole("button", { name: "Register" }));
  await expect(page.getByText("Whisper is registered as")).toBeVisible();
  await expectPlaceKept(page);
  await press(page, page.getByRole("main").getByRole("link", { name: "Whisper" }), "Shift+Tab");
  await expect(page.getByRole("heading", { level: 1, name: "Whisper" })).toBeVisible();
  await expectPlaceKept(page);
  const whatIf = page.getByRole("form", { name: "What Whisper would earn" });
  await expect(whatIf.getByRole("status")).toHaveText("$18.14");
  await typeInto(page, whatIf.getByLabel("People who run it"), "40");
  await expect(whatIf.getByRole("status")).toHaveText("$36.28");
});

test("usage is opened from the chart to what one interval cost, by keyboard alone", async ({ page, baseURL }) => {
  const platform = await Platform.of(baseURL);
  const nora = newcomer("Nora");
  await page.goto("/sign-in");
  await signInByKeyboard(page, nora);
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "8");
  await platform.use(customer, [
    { durationMs: 5_400_000, resource: "pod_abc" },
    { durationMs: 7_200_000, service: "serverless" },
  ]);
  await goBySection(page, "Usage");
  const chart = page.getByRole("application", { name: /^Spend per day/ });
  await tabTo(page, chart);
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("main")).toContainText("Together");
  const by = page.getByRole("navigation", { name: "By" }).getByRole("link", { name: "Resource", exact: true });
  await press(page, by, "Shift+Tab");
  await expect(page.getByRole("row", { name: "no resource" })).toBeVisible();
  await expect(by).toBeFocused();
  await press(page, page.getByRole("link", { name: "pod_abc" }));
  await expect(page.getByRole("heading", { name: "Intervals" })).toBeVisible();
  await expectPlaceKept(page);
});

test("an operator gives credit, accepts an application and adds an endpoint, by keyboard alone", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const referrer = await applicant(await Platform.of(baseURL));
  const olga = newcomer("Olga");
  await operatorCommand(olga.email);
  await page.goto("/sign-in");
  await signInByKeyboard(page, olga);
  await press(page, page.getByRole("link", { name: "Operator area" }));
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

  await goBySection(page, "Credit", "Operator area");
  const credit = page.getByRole("region", { name: "Give credit" });
  await typeInto(page, credit.getByLabel("Account", { exact: true }), referrer);
  await typeInto(page, credit.getByLabel("Amount", { exact: true }), "5");
  await typeInto(page, credit.getByLabel("Reason"), "For the outage of Tuesday");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "has $5.00 of promo credit more" })).toBeVisible();
  await expectPlaceKept(page);

  await goBySection(page, "Applications", "Operator area");
  const application = page.getByRole("main").getByRole("listitem").filter({ hasText: referrer });
  await press(page, application.locator("summary"));
  await tabTo(page, application.getByRole("radio", { name: "Accept" }));
  await page.keyboard.press("Space");
  await typeInto(page, application.getByLabel("Reason"), "All conditions are met");
  await page.keyboard.press("Enter");
  const accepted = `The application of ${referrer} is accepted.`;
  await expect(page.getByRole("status").filter({ hasText: accepted })).toBeVisible();
  await expectPlaceKept(page);

  await goBySection(page, "Webhooks", "Operator area");
  const endpoint = page.getByRole("region", { name: "Add an endpoint" });
  await typeInto(page, endpoint.getByLabel("Address"), "https://10.0.0.1/hooks");
  await tabTo(page, endpoint.getByRole("checkbox", { name: "bonus.drawn" }));
  await page.keyboard.press("Space");
  await typeInto(page, endpoint.getByLabel("Reason"), "The platform listens");
  await page.keyboard.press("Enter");
  await expect(endpoint.getByText("not on the public network").first()).toBeVisible();
  await expect(endpoint.getByRole("checkbox", { name: "bonus.drawn" })).toBeChecked();
  await expectPlaceKept(page);
});

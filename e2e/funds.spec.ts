import { expect, type Page, test } from "@playwright/test";
import { figure, payWith, saveCard, toPayment } from "./pay-steps";
import { customerOn, Platform } from "./platform-steps";
import { expectSound, liveStream, withoutReload } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

const deposits = (page: Page) => page.getByRole("table", { name: "Deposits, the latest first" }).getByRole("row");

/** The row of names is one. */
const expectDeposits = (page: Page, count: number) =>
  count === 0 ? expect(page.getByText("No deposits yet")).toBeVisible() : expect(deposits(page)).toHaveCount(count + 1);

/** Nothing refreshes by itself there: the page is asked again until the provider's word is in. */
async function saveCardWithoutScripts(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add a card" }).click();
  await page.getByRole("link", { name: "Fill in the card that is accepted" }).click();
  await page.getByRole("button", { name: "Save card" }).click();
  await page.waitForURL("**/funds?method=returned**");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("paragraph").filter({ hasText: "Visa ending in 4242" })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
}

async function atFunds(page: Page): Promise<void> {
  await signInWith(page, "Google", newcomer());
  await page.goto("/funds");
}

test("a preset is paid by card and is in the balance, once", async ({ page }) => {
  await atFunds(page);
  await page.getByText("$25", { exact: true }).click();
  await toPayment(page);
  await payWith(page, "is accepted");
  await page.waitForURL("**/funds?payment=returned**");
  await expect(page.getByRole("status").filter({ hasText: "$25.00 are in your prepaid balance." })).toBeVisible();
  await expect(figure(page, "Prepaid balance")).toHaveText("$25.00");
  await expectDeposits(page, 1);
  await expect(deposits(page).nth(1)).toContainText("Card");
  await page.reload();
  await expectDeposits(page, 1);
});

test("another amount is taken within its bounds, and what was typed stays to be corrected", async ({ page }) => {
  await atFunds(page);
  const other = page.getByLabel("Other amount");
  await expect(other).toBeHidden();
  await page.getByText("Other", { exact: true }).click();
  for (const [typed, answer] of [
    ["4.99", "Choose an amount from $5.00 to $5,000.00."],
    ["5000.01", "Choose an amount from $5.00 to $5,000.00."],
    ["25,50", "Write an amount in dollars and cents, such as 25 or 25.50."],
    ["", "Write an amount in dollars and cents, such as 25 or 25.50."],
  ] as const) {
    await other.fill(typed);
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await expect(other).toHaveAccessibleDescription(new RegExp(answer.replace(/[$.]/g, "\\$&")));
    await expect(other).toHaveValue(typed);
  }
  await other.fill("$1,037.50");
  await toPayment(page);
  await expect(page.getByRole("heading", { name: "Pay $1,037.50" })).toBeVisible();
});

test("a declined payment leaves no trace, and the screen says so", async ({ page }) => {
  await atFunds(page);
  await toPayment(page);
  await payWith(page, "is declined");
  await expect(page.getByRole("alert")).toContainText("declined");
  await page.getByRole("link", { name: "Cancel and go back" }).click();
  await expect(page.getByRole("status").filter({ hasText: "You came back without paying" })).toContainText(
    "leaves no trace in your wallet",
  );
  await expect(figure(page, "Prepaid balance")).toHaveText("$0.00");
  await expectDeposits(page, 0);
  await page.goto("/dashboard");
  await expect(page.getByText("Nothing has moved yet")).toBeVisible();
});

test("a card that asks first is credited after the answer, not before", async ({ page }) => {
  await atFunds(page);
  await toPayment(page);
  await payWith(page, "asks you to confirm first");
  await page.getByRole("button", { name: "Confirm payment" }).click();
  await expect(page.getByRole("status").filter({ hasText: "$10.00 are in your prepaid balance." })).toBeVisible();
  await expectDeposits(page, 1);
});

test("a card is saved without a charge, shown by its last digits, and removed", async ({ page }) => {
  await atFunds(page);
  await expect(page.getByText("Save a card above first")).toBeVisible();
  await saveCard(page, "is accepted");
  const onFile = page.getByRole("list", { name: "Cards on file, the latest first" });
  await expect(onFile.getByRole("listitem")).toContainText(/Visa ending in 4242.*expires 12\/20/);
  await expect(figure(page, "Prepaid balance")).toHaveText("$0.00");
  await onFile.getByText("Remove Visa ending in").click();
  await page.getByRole("button", { name: "Remove this card" }).click();
  await expect(page.getByText("The Visa ending in 4242 is removed.")).toBeVisible();
  await expect(onFile).toBeHidden();
});

test("a card kept of a payment is offered on the next payment page", async ({ page }) => {
  await atFunds(page);
  await page.getByLabel("Keep the card").check();
  await toPayment(page);
  await payWith(page, "is accepted");
  await page.waitForURL("**/funds?payment=returned**");
  await expect(page.getByRole("paragraph").filter({ hasText: "Visa ending in 4242" })).toBeVisible();
  await toPayment(page);
  await page.getByRole("button", { name: "Use the saved card that ends in 4242" }).click();
  await expect(figure(page, "Prepaid balance")).toHaveText("$20.00");
  await expectDeposits(page, 2);
});

test("stablecoins are on their way first, and credited when they arrive", async ({ page }) => {
  await atFunds(page);
  await toPayment(page);
  const address = new URL(page.url());
  await page.getByRole("button", { name: "Send stablecoins that arrive in half a minute" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The payment is on its way" })).toBeVisible();
  await expect(figure(page, "Prepaid balance")).toHaveText("$0.00");
  await expectDeposits(page, 0);
  const session = address.pathname.split("/").at(-1);
  await page.request.post(`${address.origin}/demo/settle?session=${session}&arrives=yes`);
  await expect(figure(page, "Prepaid balance")).toHaveText("$10.00");
  await expect(deposits(page).nth(1)).toContainText("Stablecoin");
});

test("automatic top-up charges the saved card by itself when credit is low", async ({ page }) => {
  await atFunds(page);
  await saveCard(page, "is accepted");
  await page.getByLabel("At most in a month").fill("20");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByLabel("At most in a month")).toHaveAccessibleDescription(/Choose at least \$25\.00/);
  await page.getByLabel("At most in a month").fill("50");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(figure(page, "Prepaid balance")).toHaveText("$25.00", { timeout: 30_000 });
  await expect(page.getByText("$25.00 of $50.00 are charged this month.")).toBeVisible();
  await expectDeposits(page, 1);
  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("Nothing is charged by itself any more.")).toBeVisible();
});

test("a top-up that the bank asks about is charged once its owner confirms, and not before", async ({ page }) => {
  await atFunds(page);
  await saveCard(page, "asks you every time, saved or not");
  await page.getByRole("button", { name: "Turn on" }).click();
  const confirm = page.getByRole("button", { name: "Confirm the top-up" });
  await expect(confirm).toBeVisible({ timeout: 30_000 });
  await expectDeposits(page, 0);
  await confirm.click();
  await expect(page.getByRole("heading", { name: "Is it you who pays $25.00?" })).toBeVisible();
  await page.getByRole("button", { name: "Confirm payment" }).click();
  await page.waitForURL("**/funds?top-up=returned**");
  await expect(figure(page, "Prepaid balance")).toHaveText("$25.00");
  await expect(confirm).toBeHidden();
});

test("a low balance is told where its owner set it", async ({ page }) => {
  await atFunds(page);
  const alert = page.getByLabel("Tell me when credit falls below");
  await alert.fill("0");
  await page.getByRole("button", { name: "Set alert" }).click();
  await expect(alert).toHaveAccessibleDescription(/above \$0/);
  await alert.fill("5");
  await page.getByRole("button", { name: "Set alert" }).click();
  await expect(page.getByText("The alert is set.")).toBeVisible();
});

test("another person's payment is answered like one that does not exist", async ({ page, browser }) => {
  await atFunds(page);
  await toPayment(page);
  await payWith(page, "is accepted");
  await page.waitForURL("**/funds?payment=returned**");
  const { pathname, search } = new URL(page.url());

  const stranger = await (await browser.newContext()).newPage();
  await atFunds(stranger);
  const said = async (address: string) => {
    await stranger.goto(address);
    return stranger.getByRole("status").filter({ hasText: "payment" }).innerText();
  };
  const unknown = await said("/funds?payment=returned&checkout=cs_test_nobody");
  expect(unknown).toContain("This account has no such payment");
  expect(await said(pathname + search)).toBe(unknown);
  expect(await said("/funds?payment=returned&checkout=%00")).toBe(unknown);
});

test("money that arrives otherwise appears without a reload", async ({ page, baseURL }) => {
  const { platform, customer } = await customerOn(page, baseURL, "Ines");
  const live = liveStream(page);
  await page.goto("/funds");
  await live;
  const noReload = await withoutReload(page);
  await page.getByText("$50", { exact: true }).click();
  await platform.deposit(customer, "1234.56");
  await expect(figure(page, "Prepaid balance")).toHaveText("$1,234.56");
  await expect(page.getByRole("radio", { name: "$50" })).toBeChecked();
  await expect(deposits(page).nth(1)).toContainText("Invoice");
  await noReload();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("paying in works, and a wrong amount is explained", async ({ page }) => {
    await atFunds(page);
    await page.getByText("Other", { exact: true }).click();
    await page.getByLabel("Other amount").fill("3");
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await expect(page.getByLabel("Other amount")).toHaveAccessibleDescription(/from \$5\.00 to \$5,000\.00/);
    await page.getByLabel("Other amount").fill("12.34");
    await toPayment(page);
    await payWith(page, "is accepted");
    await page.waitForURL("**/funds?payment=returned**");
    await expect(async () => {
      await page.reload();
      await expectDeposits(page, 1);
    }).toPass();
    await expect(figure(page, "Prepaid balance")).toHaveText("$12.34");
  });
});

test.describe("without scripts, for cards", () => {
  test.use({ javaScriptEnabled: false });

  test("a card is saved and automatic top-up is turned on", async ({ page }) => {
    await atFunds(page);
    await saveCardWithoutScripts(page);
    await page.getByLabel("Amount", { exact: true }).fill("4");
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(page.getByLabel("Amount", { exact: true })).toHaveAccessibleDescription(/from \$5\.00 to \$5,000\.00/);
    await page.getByLabel("Amount", { exact: true }).fill("30");
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(page.getByText("Automatic top-up is on.")).toBeVisible();
  });
});

test("the funds page is sound on a phone and on a desk, whatever it has to tell", async ({ page, baseURL }) => {
  test.slow();
  const ines = newcomer("Ines");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", ines);
  for (const path of [
    "/funds",
    "/funds?method=cancelled",
    "/funds?payment=cancelled",
    "/funds?payment=returned&checkout=cs_test_nobody",
  ]) {
    await expectSound(page, path);
  }
  await platform.deposit(await platform.customerOf(ines), "10");
  await page.goto("/funds");
  await saveCard(page, "is accepted");
  await expectSound(page, "/funds");
});

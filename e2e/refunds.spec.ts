import { expect, type Page, test } from "@playwright/test";
import { decide, operatorPage } from "./operator-steps";
import { payWith, toPayment } from "./pay-steps";
import { customerOn } from "./platform-steps";
import type { Person } from "./sign-in-steps";

/** What the worker does by itself. */
const SOON = { timeout: 60_000 };

/** Pays on the demo's payment page, and waits until it is credited. */
async function payIn(page: Page, dollars: string): Promise<void> {
  await page.goto("/funds");
  await page.getByText("Other", { exact: true }).click();
  await page.getByLabel("Other amount").fill(dollars);
  await toPayment(page);
  await payWith(page, "is accepted");
  await page.waitForURL("**/funds?payment=returned**");
  await expect(page.getByRole("row").filter({ hasText: `$${dollars}.00` })).toBeVisible();
}

/** What waits for a second operator has forms of its own. */
const formOf = (desk: Page) => desk.getByRole("region", { name: "Give money back" });

/** The form for the deposits of an account. */
async function refundForm(desk: Page, account: string) {
  await desk.goto("/operator/refunds");
  const region = formOf(desk);
  await region.getByLabel("Account", { exact: true }).fill(account);
  await region.getByRole("button", { name: "Show deposits" }).click();
  await expect(region.getByRole("radio")).toHaveCount(1);
  return region;
}

async function giveBack(desk: Page, { email }: Person, { amount, reason }: { amount: string; reason: string }) {
  const form = await refundForm(desk, email);
  await form.getByLabel("Amount", { exact: true }).fill(amount);
  await form.getByLabel("Reason").fill(reason);
  await form.getByRole("button", { name: "Give back" }).click();
}

const told = (desk: Page, text: string) => desk.getByRole("status").filter({ hasText: text });

test("an operator gives back a part of a deposit, no more than is unspent, and the customer reads why", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const { platform, customer, person: nora } = await customerOn(page, baseURL, "Nora");
  await payIn(page, "40");
  await platform.use(customer, 9);
  const { page: desk } = await operatorPage(browser, "Olga");
  await giveBack(desk, nora, { amount: "35", reason: "Paid twice in the morning" });
  await expect(formOf(desk).getByLabel("Amount", { exact: true })).toHaveAccessibleDescription(
    /Only \$31\.00 of this deposit/,
  );
  await expect(formOf(desk).getByLabel("Reason")).toHaveValue("Paid twice in the morning");
  await formOf(desk).getByLabel("Amount", { exact: true }).fill("12.50");
  await formOf(desk).getByRole("button", { name: "Give back" }).dblclick();
  await expect(told(desk, `$12.50 goes back to ${customer}.`)).toBeVisible();
  await expect(desk.getByRole("row").filter({ hasText: "Paid twice in the morning" })).toContainText("Given back");

  await page.goto("/statement");
  await expect(page.getByRole("main")).toContainText("Deposit refunded: Paid twice in the morning");
  expect(await platform.call("GET", `/api/v1/accounts/${customer}`)).toMatchObject({ wallet: { paid: "18.5" } });
});

test("above $500 it waits for a second operator, and nothing goes back before that", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const { platform, customer, person: nora } = await customerOn(page, baseURL, "Nora");
  const paid = async () => platform.call("GET", `/api/v1/accounts/${customer}`);
  await payIn(page, "700");
  const olga = await operatorPage(browser, "Olga");
  await giveBack(olga.page, nora, { amount: "600", reason: "Moves to another project" });
  await expect(told(olga.page, "waits for a second operator")).toBeVisible();
  const asked = olga.page.getByRole("listitem").filter({ hasText: olga.person.email });
  await expect(asked).toContainText("You asked for it: a second operator decides.");
  await expect(asked.getByRole("button")).toHaveCount(0);
  expect(await paid()).toMatchObject({ wallet: { paid: "700" } });

  const otto = await operatorPage(browser, "Otto");
  await otto.page.goto("/operator/refunds");
  await decide(otto.page, {
    about: olga.person.email,
    choice: "Approve",
    reason: "Checked with support",
    says: `$600.00 goes back to ${customer}.`,
  });
  expect(await paid()).toMatchObject({ wallet: { paid: "100" } });
  await page.goto("/statement");
  await expect(page.getByRole("main")).toContainText("Deposit refunded: Moves to another project");
});

test("who closes an account and wants the money back is owed it on that page until it went back", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const { customer, person: nora } = await customerOn(page, baseURL, "Nora");
  await payIn(page, "25");
  await page.goto("/settings/close");
  await page.getByRole("radio", { name: /^Give it back/ }).check();
  await page.getByLabel("Your e-mail address, to confirm").fill(nora.email);
  await page.getByRole("button", { name: "Close my account for good" }).click();
  await page.waitForURL("**/goodbye");

  const { page: desk } = await operatorPage(browser, "Olga");
  await desk.goto("/operator/refunds");
  const owed = desk
    .getByRole("region", { name: "Owed to closed accounts" })
    .getByRole("row")
    .filter({ hasText: customer });
  await expect(owed).toContainText("$25.00");
  await owed.getByRole("link", { name: `Show deposits of ${customer}` }).click();
  await formOf(desk).getByLabel("Amount", { exact: true }).fill("25");
  await formOf(desk).getByLabel("Reason").fill("Closed the account");
  await formOf(desk).getByRole("button", { name: "Give back" }).click();
  await expect(told(desk, `$25.00 goes back to ${customer}.`)).toBeVisible();
  await expect(async () => {
    await desk.goto("/operator/refunds");
    await expect(owed).toHaveCount(0, { timeout: 1_000 });
  }).toPass(SOON);
});

import { expect, type Page } from "@playwright/test";

type Card = "is accepted" | "is declined" | "asks you to confirm first" | "asks you every time, saved or not";

/** From the funds page to the payment page, with what is chosen there. */
export async function toPayment(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await expect(page.getByRole("heading", { name: /^Pay \$/ })).toBeVisible();
}

/** Pays on the demo's payment page with one of its test cards. */
export async function payWith(page: Page, card: Card): Promise<void> {
  await page.getByRole("link", { name: `Fill in the card that ${card}` }).click();
  await expect(page.getByLabel("Card number")).not.toHaveValue("");
  await page.getByRole("button", { name: /^Pay \$/ }).click();
}

/** From the dashboard of somebody new through the payment page, until the $10 are there. */
export async function payInTen(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "Pay in $10" }).click();
  await toPayment(page);
  await payWith(page, "is accepted");
  await page.waitForURL("**/funds?payment=returned**");
  await expect(figure(page, "Prepaid balance")).toHaveText("$10.00");
}

/** Saves a card on the demo's page for that, and comes back to the funds page. */
export async function saveCard(page: Page, card: Card): Promise<void> {
  await page.getByRole("button", { name: "Add a card" }).click();
  await expect(page.getByRole("heading", { name: "Save a card" })).toBeVisible();
  await page.getByRole("link", { name: `Fill in the card that ${card}` }).click();
  await expect(page.getByLabel("Card number")).not.toHaveValue("");
  await page.getByRole("button", { name: "Save card" }).click();
  if (card.startsWith("asks")) await page.getByRole("button", { name: "Confirm the card" }).click();
  await page.waitForURL("**/funds?method=returned**");
  await expect(page.getByRole("status").filter({ hasText: "The card is on file" })).toBeVisible();
}

/** The amount beside its name, as read aloud. */
export function figure(page: Page, label: string) {
  return page
    .getByRole("main")
    .locator("p", { hasText: new RegExp(`^${label}$`) })
    .locator("xpath=following-sibling::p[1]");
}

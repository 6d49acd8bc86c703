import { expect, type Page, test } from "@playwright/test";
import { extractText, getDocumentProxy } from "unpdf";
import { customerOn, Platform } from "./platform-steps";
import { expectSound } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

/** A long address may go on in a next line of the paper. */
const unbroken = (text: string): string => text.replace(/\s+/g, "");

/** What a reader of the PDF behind a link can select. */
async function textOfPdf(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  const file = Buffer.concat(await (await download.createReadStream()).toArray());
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: true });
  return text.replace(/\s+/g, " ");
}

test("every deposit has its numbered receipt, as a page and on paper; what is given back has a note of its own", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer, person: nora } = await customerOn(page, baseURL, "Nora");
  const reference = `e2e-${crypto.randomUUID()}`;
  await platform.api.deposit(customer, { reference, amount: "25.50", method: "invoice" });
  await page.goto("/funds");
  const receipt = page.getByRole("row", { name: new RegExp(reference) }).getByRole("link", { name: /^\d{4}-\d{6}$/ });
  const number = (await receipt.textContent()) ?? "";
  await receipt.click();
  await expect(page.getByRole("heading", { level: 1, name: `Receipt ${number}` })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("$25.50");
  await expect(page.getByRole("main")).toContainText("Tenspot demo");
  const text = await textOfPdf(page, "PDF");
  for (const part of [`Receipt ${number}`, "Nora", nora.email, "$25.50", "Invoice", reference]) {
    expect(unbroken(text)).toContain(unbroken(part));
  }

  const refund = { reference: `${reference}-back`, reason: "refund", amount: "5.25" };
  await platform.call("POST", `/api/v1/deposits/${reference}/reversals`, refund);
  await page.reload();
  await page.getByRole("link", { name: /^Credit note / }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Credit note / })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("$5.25");
  await expect(page.getByRole("link", { name: number, exact: true })).toBeVisible();
  await expectSound(page, `/funds/receipts/${number}`);
  await expectSound(page, "/funds");
});

test("a month's statement opens from the statement, says that it goes on, and comes on paper", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const platform = await Platform.of(baseURL);
  const nora = newcomer("Nora");
  await signInWith(page, "Google", nora);
  await page.goto("/statement/months");
  await expect(page.getByText("No month yet")).toBeVisible();
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "9");
  await platform.use(customer, 2.5);
  await page.goto("/statement");
  await page.getByRole("link", { name: "Months", exact: true }).click();
  await page.getByRole("link", { name: /^[A-Z][a-z]+ 2\d{3}, so far$/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: /so far$/ })).toBeVisible();
  const rows = page.getByRole("table", { name: "From the opening balance to the closing one" });
  await expect(rows.getByRole("row", { name: "Opening balance $0.00" })).toBeVisible();
  await expect(rows.getByRole("row", { name: "Deposits +$9.00" })).toBeVisible();
  await expect(rows.getByRole("row", { name: "Pods −$2.50" })).toBeVisible();
  await expect(rows.getByRole("row", { name: "Balance so far $6.50" })).toBeVisible();
  const text = await textOfPdf(page, "PDF");
  for (const part of ["so far", "Opening balance $0.00", "Charges: Pods −$2.50", "Balance so far $6.50", nora.email]) {
    expect(unbroken(text)).toContain(unbroken(part));
  }
  await expectSound(page, new URL(page.url()).pathname);
  await expectSound(page, "/statement/months");
});

test("receipts and statements of others are not there, on paper neither", async ({ page, baseURL, request }) => {
  const platform = await Platform.of(baseURL);
  const nora = newcomer("Nora");
  await signInWith(page, "Google", nora);
  await platform.deposit(await platform.customerOf(nora), "5");
  await page.goto("/funds");
  const href = (await page.getByRole("link", { name: /^\d{4}-\d{6}$/ }).getAttribute("href")) ?? "";
  expect((await request.get(`${href}/pdf`)).status()).toBe(401);
  expect((await request.get("/statement/months/2026-01/pdf")).status()).toBe(401);
  await page.context().clearCookies();
  await signInWith(page, "Google", newcomer("Mallory"));
  await page.goto(href);
  await expect(page.getByRole("heading", { name: "There is no such receipt" })).toBeVisible();
  expect((await page.request.get(`${href}/pdf`)).status()).toBe(404);
  expect((await page.request.get("/statement/months/2020-01/pdf")).status()).toBe(404);
});

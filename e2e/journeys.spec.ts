import { expect, type Page, test } from "@playwright/test";
import { figure, payInTen } from "./pay-steps";
import { DRAWN_WITHIN, Platform } from "./platform-steps";
import { stage } from "./referral-steps";
import { fact, openSection, withoutReload } from "./screen-steps";
import { newcomer, signUp } from "./sign-in-steps";

const HOUR_MS = 3_600_000;
const TO_SIGN_UP = "Sign in or sign up";

/** What one of the landing page's calculators says. */
const calculated = (page: Page, question: string) => page.getByRole("form", { name: question }).getByRole("status");

test("a customer comes from the landing page to a bonus, and checks its draw in the browser", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const platform = await Platform.of(baseURL);
  await page.goto("/");
  await expect(calculated(page, "How far it goes")).toHaveText("29 h 24 min 42 s");
  const nora = newcomer("Nora");
  await signUp(page, TO_SIGN_UP, nora);
  await payInTen(page);
  await openSection(page, "Dashboard");
  await expect(figure(page, "Available credit")).toHaveText("$10.00");

  const noReload = await withoutReload(page);
  const bar = page.getByRole("progressbar", { name: "Paid spend toward the bonus" });
  const customer = await platform.customerOf(nora);
  await platform.use(customer, 4);
  await expect(bar).toHaveAttribute("aria-valuetext", "$4.00 of $10.00 spent");
  await platform.use(customer, 6);
  await expect(bar).toHaveAttribute("aria-valuetext", "$10.00 of $10.00 spent");

  const bonus = figure(page, "Your bonus");
  await expect(bonus).toHaveText(/^\$\d+\.\d\d$/, DRAWN_WITHIN);
  const amount = await bonus.innerText();
  await expect(figure(page, "Available credit")).toHaveText(amount);

  await page.getByRole("main").getByRole("link", { name: "Check the draw" }).click();
  await expect(bonus).toHaveText(amount);
  await page.getByRole("button", { name: "Recompute it here" }).click();
  await expect(page.getByText("Match: your browser finds the amount that was posted")).toBeVisible();
  await noReload();
});

test("a referrer comes from the landing page to commission, and sees on the open page how it comes about", async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await expect(calculated(page, "What a link earns")).toHaveText(/^\$45\.00/);
  await signUp(page, TO_SIGN_UP, newcomer("Ravi"));
  await openSection(page, "Referrals");
  await page.getByRole("button", { name: "Show them “Ravi”" }).click();
  await expect(page.getByRole("button", { name: "Hide “Ravi” from them" })).toBeVisible();
  await page.getByRole("button", { name: "Copy Your referral link" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const noReload = await withoutReload(page);

  const invited = await (await browser.newContext()).newPage();
  await invited.goto(link);
  await expect(invited.getByRole("heading", { level: 1, name: "Ravi invited you" })).toBeVisible();
  const ines = newcomer("Ines");
  await signUp(invited, "Sign up", ines);
  await expect(stage(page, "Signed up")).toHaveText("1");
  await payInTen(invited);

  const platform = await Platform.of(baseURL);
  const customer = await platform.customerOf(ines);
  await expect(stage(page, "Spending")).toHaveText("0");
  await platform.use(customer, [{ durationMs: 4 * HOUR_MS }]);
  await expect(stage(page, "Spending")).toHaveText("1");
  await expect(stage(page, "Qualified")).toHaveText("0");
  await platform.use(customer, [{ durationMs: 6 * HOUR_MS, service: "serverless" }]);
  await expect(stage(page, "Qualified")).toHaveText("1");
  await platform.sweep();
  await expect(figure(page, "Commission earned")).toHaveText("$0.42");
  await expect(fact(page, "Released")).toHaveText("$0.42");
  await openSection(page, "Dashboard");
  await expect(fact(page, "Earned")).toHaveText("$0.42");
  await noReload();
});

test("a creator comes from the landing page to a royalty that the gate releases on the open page", async ({
  page,
  baseURL,
}) => {
  test.slow();
  await page.goto("/");
  await expect(calculated(page, "What a template earns")).toHaveText("$18.14");
  const tara = newcomer("Tara");
  await signUp(page, TO_SIGN_UP, tara);
  const platform = await Platform.of(baseURL);
  const template = `${await platform.customerOf(tara)}/whisper`;
  await openSection(page, "Templates");
  await page.getByLabel("Name", { exact: true }).fill("Whisper");
  await page.getByLabel("Id", { exact: true }).fill("whisper");
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByText(`Whisper is registered as ${template}.`)).toBeVisible();

  const noReload = await withoutReload(page);
  const runtime = page.getByRole("progressbar", { name: "Runtime toward the 24 h gate" });
  await platform.use(await platform.newCustomer("20"), [{ durationMs: 10 * HOUR_MS, template }]);
  await expect(runtime).toHaveAttribute("aria-valuetext", "10 h of 24 h");
  await expect(page.getByText("14 h to go")).toBeVisible();
  await platform.use(await platform.newCustomer("20"), [{ durationMs: 14.5 * HOUR_MS, template }]);
  await expect(runtime).toHaveAttribute("aria-valuetext", "24 h 30 min, gate met");
  await platform.sweep();
  await expect(fact(page, "Released")).toHaveText(/\$0\.245$/);
  await expect(figure(page, "Royalty earned").getByTitle("$0.245")).toHaveText("$0.24");
  await openSection(page, "Dashboard");
  await expect(fact(page, "Earned").getByTitle("$0.245")).toHaveText("$0.24");
  await noReload();
});

import { expect, type Page, test } from "@playwright/test";
import { applicant, decide, operatorCommand, operatorPage } from "./operator-steps";
import { figure } from "./pay-steps";
import { customerOn, Platform } from "./platform-steps";
import { expectSound } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

const PAGES = [
  "/operator",
  "/operator/reviews",
  "/operator/applications",
  "/operator/quarantine",
  "/operator/programs",
  "/operator/credit",
  "/operator/refunds",
  "/operator/accounts",
  "/operator/clusters",
  "/operator/webhooks",
  "/operator/support",
  "/operator/audit",
];

/** A bonus is held when the worker comes to it. */
const HELD_WITHIN = { timeout: 60_000 };

/** The form of the credit page: what waits there for a second operator has forms of its own. */
const creditForm = (page: Page) => page.getByRole("region", { name: "Give credit" });

const NO_PAGE = "There is no page at this address.";

test("for customers and strangers the operator area does not exist, nor does a word lead to it", async ({
  page,
  browser,
}) => {
  test.slow();
  const stranger = await (await browser.newContext()).newPage();
  await signInWith(page, "Google", newcomer());
  await expect(page.getByRole("link", { name: "Operator area" })).toHaveCount(0);
  const account = "/operator/accounts/01935000-0000-7000-8000-000000000000";
  for (const visitor of [page, stranger]) {
    for (const path of [...PAGES, account, "/operator/no-such-page", "/no-such-page"]) {
      const answer = await visitor.goto(path);
      expect(answer?.status(), path).toBe(404);
      await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(NO_PAGE);
      await expect(visitor.getByText("Operator area")).toHaveCount(0);
    }
  }
});

test("an operator is one from the command on, and none from the command that ends it on, forms included", async ({
  page,
  browser,
}) => {
  const olga = newcomer("Olga");
  await signInWith(page, "Google", olga);
  expect((await page.goto("/operator"))?.status()).toBe(404);
  expect(await operatorCommand(olga.email.toUpperCase())).toContain(`${olga.email} is an operator now.`);
  await page.goto("/dashboard");
  await page.getByRole("link", { name: "Operator area" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await page.goto("/operator/credit");
  await creditForm(page).getByLabel("Account", { exact: true }).fill(olga.email);
  await creditForm(page).getByLabel("Amount", { exact: true }).fill("5");
  await creditForm(page).getByLabel("Reason").fill("After the end");
  await operatorCommand("--remove", olga.email);
  await creditForm(page).getByRole("button", { name: "Give credit" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(NO_PAGE);
  for (const path of PAGES) expect((await page.goto(path))?.status(), path).toBe(404);

  const other = await operatorPage(browser, "Una");
  await other.page.goto(`/operator/audit?actor=${olga.email}`);
  const line = other.page.getByRole("row", { name: "credit.give" });
  await expect(line).toContainText("Refused");
  await expect(line).toContainText("not an operator");
});

test("small credit is given at once and once, and the customer's dashboard shows it", async ({ page, browser }) => {
  const nora = newcomer("Nora");
  await signInWith(page, "Google", nora);
  const { page: desk, person } = await operatorPage(browser, "Olga");
  await desk.goto("/operator/credit");
  const form = creditForm(desk);
  const send = form.getByRole("button", { name: "Give credit" });
  await form.getByLabel("Account", { exact: true }).fill("nobody@nowhere.example");
  await form.getByLabel("Amount", { exact: true }).fill("12,50");
  await form.getByLabel("Reason").fill("For the outage of Tuesday");
  await send.click();
  await expect(form.getByLabel("Amount", { exact: true })).toHaveAccessibleDescription(
    /Write an amount in dollars and cents/,
  );
  await expect(form.getByLabel("Reason")).toHaveValue("For the outage of Tuesday");
  await form.getByLabel("Amount", { exact: true }).fill("12.50");
  await send.click();
  await expect(form.getByLabel("Account", { exact: true })).toHaveAccessibleDescription(
    /No account has the name or e-mail/,
  );
  await form.getByLabel("Account", { exact: true }).fill(nora.email);
  await send.dblclick();
  await expect(desk.getByRole("status").filter({ hasText: "has $12.50 of promo credit more" })).toBeVisible();
  await expect(form.getByLabel("Amount", { exact: true })).toHaveValue("");

  await page.goto("/dashboard");
  await expect(figure(page, "Available credit")).toHaveText("$12.50");
  await desk.goto(`/operator/audit?actor=${person.email}`);
  await expect(desk.getByRole("row", { name: "credit.give" })).toHaveCount(1);
});

test("large credit waits for a second operator: who asked cannot approve, another can, and it is given then", async ({
  page,
  browser,
}) => {
  const nora = newcomer("Nora");
  await signInWith(page, "Google", nora);
  const olga = await operatorPage(browser, "Olga");
  await olga.page.goto("/operator/credit");
  const form = creditForm(olga.page);
  await form.getByLabel("Account", { exact: true }).fill(nora.email);
  await form.getByText("Earned", { exact: true }).click();
  await form.getByLabel("Amount", { exact: true }).fill("$1,500");
  await form.getByLabel("Reason").fill("Prize of the spring contest");
  await form.getByRole("button", { name: "Give credit" }).click();
  await expect(olga.page.getByRole("status").filter({ hasText: "waits for a second operator" })).toBeVisible();
  const asked = olga.page.getByRole("listitem").filter({ hasText: olga.person.email });
  await expect(asked).toContainText("You asked for it: a second operator decides.");
  await expect(asked.getByRole("button")).toHaveCount(0);
  await page.goto("/dashboard");
  await expect(figure(page, "Available credit")).toHaveText("$0.00");

  const otto = await operatorPage(browser, "Otto");
  await otto.page.goto("/operator/credit");
  await decide(otto.page, {
    about: olga.person.email,
    choice: "Approve",
    reason: "Checked with marketing",
    says: "has $1,500.00 of earned credit more",
  });
  await page.goto("/dashboard");
  await expect(figure(page, "Available credit")).toHaveText("$1,500.00");
});

test("a held bonus is released with a reason, and its customer's draw goes on", async ({ page, browser, baseURL }) => {
  test.slow();
  const ada = { name: "Ada", email: newcomer("Ada").email.replace("example.com", "mailinator.com") };
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", ada);
  const customer = await platform.customerOf(ada);
  await platform.deposit(customer, "25");
  await platform.use(customer, 11);
  const desk = (await operatorPage(browser, "Olga")).page;
  const held = desk.getByRole("main").getByRole("listitem").filter({ hasText: customer });
  await expect(async () => {
    await desk.goto("/operator/reviews");
    await expect(held).toContainText("throw-away mailboxes", { timeout: 1_000 });
  }).toPass(HELD_WITHIN);
  await page.goto("/dashboard");
  await expect(page.getByText("In review")).toBeVisible();

  await held.locator("summary").click();
  await held.getByLabel("Reason").fill("Known customer");
  await held.getByRole("button", { name: "Decide" }).click();
  await expect(held.getByText("Choose one of the two.")).toBeVisible();
  await decide(desk, {
    about: customer,
    choice: "Release",
    reason: "Known customer: spoke on the phone",
    says: `Bonus, ${customer}: released.`,
  });
  await expect(desk.getByRole("row", { name: customer })).toContainText("Known customer: spoke on the phone");
  await page.goto("/bonus");
  await expect(page.getByText("Drawn", { exact: true }).first()).toBeVisible(HELD_WITHIN);
});

test("an application shows its conditions as they stand, is accepted, and what was pending is released", async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const platform = await Platform.of(baseURL);
  const referrer = await applicant(platform);
  const desk = (await operatorPage(browser, "Olga")).page;
  await desk.goto("/operator/applications");
  const item = desk.getByRole("main").getByRole("listitem").filter({ hasText: referrer });
  await expect(item).toContainText("25 of 25 referred accounts have paid spend");
  await expect(item).toContainText("$500.00 of $500.00 spent");
  await decide(desk, {
    about: referrer,
    choice: "Accept",
    reason: "All conditions are met",
    says: `The application of ${referrer} is accepted.`,
  });
  await platform.sweep();
  await desk.goto(`/operator/accounts?q=${referrer}`);
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(referrer);
  await expect(
    desk
      .getByRole("term")
      .filter({ hasText: /^Earned$/ })
      .locator("xpath=following-sibling::dd"),
  ).toHaveText("$10.00");
});

test("an account is held and let go by an operator, and its owner reads so", async ({ page, browser, baseURL }) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "20");
  const { page: desk } = await operatorPage(browser, "Olga");
  await desk.goto(`/operator/accounts?q=${customer}`);
  await desk.locator("summary", { hasText: /^Hold/ }).click();
  await desk.getByLabel("Reason").fill("The card is reported as stolen");
  await desk.getByRole("button", { name: "Hold this account" }).click();
  await expect(desk.locator("summary", { hasText: /^Let it go on/ })).toBeVisible();
  const work = { account: customer, reference: `e2e-${customer}`, hourly: "1" };
  await expect(platform.call("POST", "/api/v1/authorizations", work)).rejects.toThrow("This account is held");
  await page.goto("/dashboard");
  await expect(page.getByText("Your account is held")).toBeVisible();
  await expectSound(page, "/dashboard");

  await desk.locator("summary", { hasText: /^Let it go on/ }).click();
  await desk.getByLabel("Reason").fill("It was another card");
  await desk.getByRole("button", { name: "Let this account go on" }).click();
  await expect(desk.locator("summary", { hasText: /^Hold/ })).toBeVisible();
  await platform.call("POST", "/api/v1/authorizations", work);
  await page.reload();
  await expect(page.getByText("Your account is held")).toHaveCount(0);
});

test("events of unknown accounts, budgets and joined accounts are there to see and to act on", async ({
  browser,
  baseURL,
}) => {
  const platform = await Platform.of(baseURL);
  const unknown = `unknown-${crypto.randomUUID()}`;
  await platform.use(unknown, [{ durationMs: 1 }, { durationMs: 2 }]);
  const { page: desk, person } = await operatorPage(browser, "Olga");
  await desk.goto("/operator/quarantine");
  await expect(desk.getByRole("row", { name: unknown })).toContainText("No account has this name yet");
  await expect(desk.getByRole("row", { name: unknown }).getByRole("cell").first()).toHaveText("2");

  await desk.goto("/operator/programs");
  const program = desk.getByRole("region", { name: "signup-bonus" });
  await program.getByText("Change", { exact: false }).first().click();
  // Never what it is already: then nothing would change. And never so little that it is in the way of other tests.
  const budget = (9_000_000 + Math.floor(Math.random() * 900_000)).toLocaleString("en");
  await program.getByLabel("Budget").fill(budget);
  await program.getByLabel("Reason").fill("The year's budget");
  await program.getByRole("button", { name: "Change" }).click();
  await expect(desk.getByRole("status")).toContainText(`signup-bonus runs, with a budget of $${budget}.00.`);
  await program.getByText("Terms", { exact: false }).first().click();
  await expect(program.getByText("Everybody stays on the version they joined under.", { exact: false })).toBeVisible();

  const names = [`a-${crypto.randomUUID()}`, `b-${crypto.randomUUID()}`];
  for (const externalId of names) await platform.api.openAccount({ externalId });
  await desk.goto("/operator/clusters");
  await desk.getByLabel("Accounts", { exact: true }).fill(names.join(", "));
  await desk.getByLabel("Reason").fill("The same passport");
  await desk.getByRole("button", { name: "Join accounts" }).click();
  await expect(desk.getByRole("status")).toContainText("are one cluster");

  await desk.goto(`/operator/audit?actor=${person.email}`);
  await expect(desk.getByRole("row", { name: "program.change" })).toContainText("The year's budget");
  await expect(desk.getByRole("row", { name: "accounts.join" })).toContainText("The same passport");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("forms work, and what names no origin is refused", async ({ page, baseURL }) => {
    const olga = newcomer("Olga");
    await operatorCommand(olga.email);
    await signInWith(page, "Google", olga);
    const platform = await Platform.of(baseURL);
    const customer = `cust-${crypto.randomUUID()}`;
    await platform.api.openAccount({ externalId: customer });
    await page.goto("/operator/credit");
    const credit = creditForm(page);
    const fields = await credit
      .locator("input[type=hidden]")
      .evaluateAll((inputs) => inputs.map((input) => [input.getAttribute("name"), input.getAttribute("value") ?? ""]));
    const form = { account: customer, bucket: "promo", amount: "5", reason: "No origin" };
    const multipart = { ...Object.fromEntries(fields), ...form };
    const answer = await page.request.post("/operator/credit", { multipart });
    expect(await answer.text()).toContain("Nothing was done: this was not sent from a page of");
    expect((await platform.api.account(customer))?.wallet.available).toBe("0");

    await credit.getByLabel("Account", { exact: true }).fill(customer);
    await credit.getByLabel("Amount", { exact: true }).fill("5");
    await credit.getByLabel("Reason").fill("Without scripts");
    await credit.getByRole("button", { name: "Give credit" }).click();
    await expect(page.getByRole("status").filter({ hasText: "has $5.00 of promo credit more" })).toBeVisible();
    expect((await platform.api.account(customer))?.wallet.available).toBe("5");
  });
});

test("every page of the operator area is sound on a phone and on a desk, in light and dark", async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const platform = await Platform.of(baseURL);
  const customer = `cust-${crypto.randomUUID()}`;
  await platform.api.openAccount({ externalId: customer, email: `${customer}@example.com` });
  await platform.deposit(customer, "25");
  for (const name of [customer, `unknown-${customer}`]) await platform.use(name, 3);
  const { page: desk } = await operatorPage(browser, "Olga");
  await desk.goto(`/operator/accounts?q=${customer}`);
  const account = new URL(desk.url()).pathname;
  for (const path of [...PAGES, account]) await expectSound(desk, path);
});

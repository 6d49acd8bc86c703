import { expect, type Page, test } from "@playwright/test";
import { customerOn, Platform } from "./platform-steps";
import { expectSound } from "./screen-steps";
import { askForLink, newcomer, newestLink, signInWith, signOut, signOutTheOther } from "./sign-in-steps";

const setLimits = (page: Page) => page.getByRole("button", { name: "Set limits" }).click();
const key = (page: Page) => page.getByLabel("Your new key");

async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByRole("region", { name: "API keys" }).getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(key(page)).toHaveValue(/^tsk_/);
  return key(page).inputValue();
}

/** What the API answers to a customer's own key. */
const read = (page: Page, path: string, using: string) =>
  page.request.get(`/api/v1/${path}`, { headers: { Authorization: `Bearer ${using}` } });

const nameField = (page: Page) => page.getByRole("region", { name: "Profile" }).getByLabel("Name");

async function saveName(page: Page, name: string): Promise<void> {
  await nameField(page).fill(name);
  await page.getByRole("button", { name: "Save name" }).click();
}

test("a name is changed and taken away, and a later sign-in leaves it as it is", async ({ page }) => {
  const ada = newcomer("Ada");
  await signInWith(page, "Google", ada);
  await page.goto("/settings");
  await expect(nameField(page)).toHaveValue("Ada");
  await saveName(page, " Ada  Lovelace ");
  await expect(page.getByText("Your name is saved.")).toBeVisible();
  await expect(nameField(page)).toHaveValue("Ada Lovelace");
  await signOut(page);
  await signInWith(page, "Google", ada);
  await page.goto("/settings");
  await expect(nameField(page)).toHaveValue("Ada Lovelace");
  const answer = await (await page.request.get("/settings/export")).json();
  expect([answer.account[0].name, answer.person[0].name]).toEqual(["Ada Lovelace", "Ada Lovelace"]);
  await saveName(page, "");
  await expect(page.getByText("You have no name here any more.")).toBeVisible();
  await page.reload();
  await expect(nameField(page)).toHaveValue("");
});

test("limits are set, kept and taken away; a wrong amount stays to be corrected", async ({ page }) => {
  await signInWith(page, "Google", newcomer());
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("A day").fill("25,5");
  await setLimits(page);
  await expect(page.getByLabel("A day")).toHaveAccessibleDescription(/dollars and cents/);
  await expect(page.getByLabel("A day")).toHaveValue("25,5");
  await page.getByLabel("A day").fill("25.50");
  await page.getByLabel("A month").fill("20");
  await setLimits(page);
  await expect(page.getByLabel("A day")).toHaveAccessibleDescription(/not above the month's/);
  await page.getByLabel("A month").fill("300");
  await setLimits(page);
  await expect(page.getByText("Your limits are set.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("A day")).toHaveValue("25.50");
  await expect(page.getByLabel("A month")).toHaveValue("300");
  await page.getByLabel("A day").fill("");
  await page.getByLabel("A month").fill("");
  await setLimits(page);
  await expect(page.getByText("Your limits are set.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("A day")).toHaveValue("");
});

test("a key is shown once, reads its own account alone, and ends when it is revoked", async ({ page, baseURL }) => {
  const { customer } = await customerOn(page, baseURL, "Ines");
  await page.goto("/settings");
  await expect(page.getByText("No keys yet")).toBeVisible();
  const made = await makeKey(page, "spreadsheet");
  const row = page.getByRole("listitem").filter({ hasText: "spreadsheet" });
  await expect(row).toContainText(`tsk_…${made.slice(-4)}`);
  await page.reload();
  await expect(key(page)).toBeHidden();
  expect(await page.content()).not.toContain(made);
  expect((await read(page, `accounts/${customer}`, made)).status()).toBe(200);
  const others = await Promise.all(
    ["nobody", "acc_0"].map(async (id) => (await read(page, `accounts/${id}`, made)).text()),
  );
  expect(new Set(others).size).toBe(1);
  await row.getByText("Revoke spreadsheet").click();
  await row.getByRole("button", { name: "Revoke this key" }).click();
  await expect(page.getByText("The key “spreadsheet” is revoked")).toBeVisible();
  await expect(page.getByText("No keys yet")).toBeVisible();
  await expect.poll(async () => (await read(page, `accounts/${customer}`, made)).status()).toBe(401);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a name is saved, limits are set and a key is made", async ({ page }) => {
    await signInWith(page, "Google", newcomer());
    await page.goto("/settings");
    await saveName(page, "Grace");
    await expect(page.getByText("Your name is saved.")).toBeVisible();
    await expect(nameField(page)).toHaveValue("Grace");
    await page.getByLabel("A month").fill("40");
    await setLimits(page);
    await expect(page.getByText("Your limits are set.")).toBeVisible();
    await expect(page.getByLabel("A month")).toHaveValue("40");
    await makeKey(page, "script");
  });
});

test("the settings are sound on a phone and on a desk", async ({ page }) => {
  test.slow();
  await signInWith(page, "Google", newcomer());
  await page.goto("/settings");
  await makeKey(page, "a name that is as long as a name may be, which is rather long");
  await expectSound(page, "/settings");
});

test("the API reference is sound on a phone and on a desk, with every answer opened", async ({ page }) => {
  test.slow();
  await expectSound(page, "/docs/api");
});

test("the API reference leads from the list of calls to each of them", async ({ page }) => {
  await page.goto("/docs/api");
  await page
    .getByRole("navigation", { name: "Calls" })
    .getByRole("link", { name: "Ask whether work may start" })
    .click();
  const call = page.getByRole("article", { name: "Ask whether work may start" });
  await expect(call).toBeInViewport();
  await expect(call).toContainText("POST /api/v1/authorizations");
  await expect(call.getByRole("table", { name: /^Body/ })).toContainText("expiresAt");
  await call.getByText("What it answers").click();
  await expect(call.getByRole("table", { name: /^Answer/ })).toContainText("reserved");
});

test("another browser is signed out from here, and what it asks next leads to the sign-in page", async ({
  page,
  browser,
}) => {
  const nora = newcomer("Nora");
  await signInWith(page, "Google", nora);
  const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  const elsewhere = await (await browser.newContext({ userAgent })).newPage();
  await signInWith(elsewhere, "Google", nora);
  await page.goto("/settings");
  const browsers = page.getByRole("list", { name: "Where you are signed in, the latest first" }).getByRole("listitem");
  await expect(browsers).toHaveText([/^Firefox on Linux, signed in/, /^This browser, Chrome on \w+, signed in/]);
  await signOutTheOther(page);
  await elsewhere.goto("/dashboard");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
});

test("chosen colours come with the page, on every page, against the system's choice", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await signInWith(page, "Google", newcomer());
  await page.goto("/settings");
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByText("Dark", { exact: true }).click();
  await page.getByRole("button", { name: "Use these" }).click();
  await expect(page.getByText("This browser remembers it.")).toBeVisible();
  await expect.poll(paper).not.toBe(light);
  const answer = await page.request.get("/help");
  expect(await answer.text()).toContain('data-appearance="dark"');
  await page.goto("/settings");
  await page.getByText("As the system", { exact: true }).click();
  await page.getByRole("button", { name: "Use these" }).click();
  await expect.poll(paper).toBe(light);
});

test("everything kept about one comes as one JSON file, and nobody else's", async ({ page, baseURL }) => {
  const person = newcomer("Xenia");
  await signInWith(page, "Google", person);
  const platform = await Platform.of(baseURL);
  const customer = await platform.customerOf(person);
  await platform.deposit(customer, "20");
  await platform.use(customer, 2);
  await page.goto("/settings");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export your data" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^tenspot-data-to-.*\.json$/);
  const answer = await (await page.request.get("/settings/export")).json();
  expect(answer.account).toMatchObject([{ external_id: customer, email: person.email }]);
  expect(answer.wallet).toMatchObject([{ paid: "18" }]);
  expect(answer.entries.length).toBeGreaterThan(3);
  const stranger = await fetch(new URL("/settings/export", baseURL));
  expect(stranger.status).toBe(401);
});

test("an account is closed with a choice about its money, signs its person out everywhere, and is no new customer again", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const person = newcomer("Cleo");
  await signInWith(page, "Google", person);
  const platform = await Platform.of(baseURL);
  const customer = await platform.customerOf(person);
  await platform.deposit(customer, "20");
  await platform.use(customer, 3);
  const elsewhere = await (await browser.newContext()).newPage();
  await signInWith(elsewhere, "Google", person);
  await page.goto("/settings");
  await page.getByRole("link", { name: "Close your account" }).click();
  await expectSound(page, "/settings/close");
  await page.getByLabel(/Give it up/).check();
  await page.getByLabel("Your e-mail address, to confirm").fill("somebody@example.com");
  await page.getByRole("button", { name: "Close my account for good" }).click();
  await expect(page.getByLabel("Your e-mail address, to confirm")).toHaveAccessibleDescription(/not the address/);
  await page.getByLabel(/Give it up/).check();
  await page.getByLabel("Your e-mail address, to confirm").fill(person.email);
  await page.getByRole("button", { name: "Close my account for good" }).click();
  await expect(page.getByRole("heading", { name: "Your account is closed" })).toBeVisible();
  await elsewhere.goto("/dashboard");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  const closed = await platform.call("GET", `/api/v1/accounts/${customer}`);
  expect(closed).toMatchObject({
    status: "closed",
    wallet: { paid: "0", available: "0" },
    lifetime: { paidSpend: "3" },
  });
  await platform.use(customer, 2);
  expect(await platform.call("GET", `/api/v1/accounts/${customer}`)).toMatchObject({
    lifetime: { charged: "5" },
  });
  await signInWith(page, "Google", person);
  await page.goto("/bonus");
  await expect(page.getByText("An earlier account used the same e-mail address").first()).toBeVisible();
});

test("links by e-mail are added by one that is opened where they were asked for, and open the same account", async ({
  page,
  browser,
}) => {
  const ella = newcomer("Ella");
  await signInWith(page, "Google", ella);
  const elsewhere = await (await browser.newContext()).newPage();
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add links by e-mail" }).click();
  await expectSound(page, "/settings/link");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("in this browser")).toBeVisible();
  await elsewhere.goto(await newestLink(page, ella.email));
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await expect(elsewhere.getByText("You signed in with Google before")).toBeVisible();

  await page.goto("/settings");
  await page.getByRole("button", { name: "Add links by e-mail" }).click();
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.goto(await newestLink(page, ella.email, 2));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/settings?added=1");
  const ways = page.getByRole("list", { name: "Ways to sign in" });
  await expect(ways.getByRole("listitem")).toHaveText([/Google/, /Links by e-mail/]);

  await askForLink(elsewhere, ella.email);
  await elsewhere.goto(await newestLink(page, ella.email, 3));
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await elsewhere.waitForURL("**/dashboard");
  await expect(elsewhere.getByText(ella.email).first()).toBeVisible();
});

test("another way to sign in is added where it is asked for, opens the same account, and the last one stays", async ({
  page,
  browser,
}) => {
  const wera = newcomer("Wera");
  const other = { ...newcomer("Wera"), name: "Wera at GitHub" };
  await signInWith(page, "Google", wera);
  await page.goto("/settings");
  const ways = page.getByRole("list", { name: "Ways to sign in" });
  await expect(ways.getByRole("listitem")).toHaveText(/Google.*the only one/);
  await page.getByRole("button", { name: "Add GitHub" }).click();
  await expectSound(page, "/settings/link");
  await page.getByRole("button", { name: "Go on to GitHub" }).click();
  await page.getByLabel("Name").fill(other.name);
  await page.getByLabel("E-mail", { exact: true }).fill(other.email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL("**/settings?added=1");
  await expect(ways.getByRole("listitem")).toHaveCount(2);
  const elsewhere = await (await browser.newContext()).newPage();
  await signInWith(elsewhere, "GitHub", other);
  await elsewhere.goto("/settings");
  await expect(
    elsewhere.getByRole("term").filter({ hasText: "E-mail address" }).locator("xpath=following-sibling::dd"),
  ).toHaveText(wera.email);
  await ways.getByRole("button", { name: "Remove Google" }).click();
  await expect(page.getByText("You do not sign in with Google any more.")).toBeVisible();
  await expect(ways.getByRole("listitem")).toHaveText(/GitHub.*the only one/);
  await page.goto("/settings/link");
  await expect(page.getByText("Nothing is being added")).toBeVisible();
});

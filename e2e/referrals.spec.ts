import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { Platform } from "./platform-steps";
import { stage } from "./referral-steps";
import { expectSound, liveStream, withoutReload } from "./screen-steps";
import { askForLink, newcomer, newestLink, type Person, signInWith } from "./sign-in-steps";

const HOUR_MS = 3_600_000;

async function signedIn(browser: Browser, person: Person, link?: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  if (link) await page.goto(link);
  await signInWith(page, "Google", person);
  return page;
}

async function linkOf(page: Page): Promise<string> {
  await page.goto("/referrals");
  return page.getByLabel("Your referral link", { exact: true }).inputValue();
}

/** The value beside a term of the newest referral. */
const detail = (page: Page, term: string | RegExp) =>
  page
    .getByRole("listitem")
    .filter({ hasText: "Referral of" })
    .first()
    .locator("div", { has: page.getByText(term) })
    .getByRole("definition");

/** The same day and time six calendar months on, or that month's last day. */
function sixMonthsAfter(iso: string): string {
  const from = new Date(iso);
  const months = from.getUTCMonth() + 6;
  const last = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const end = new Date(from);
  end.setUTCFullYear(from.getUTCFullYear(), months, Math.min(from.getUTCDate(), last));
  return end.toISOString();
}

test("somebody new has a link, copies it, and is told what it brings", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signInWith(page, "Google", newcomer());
  const link = await linkOf(page);
  expect(new URL(link).pathname).toMatch(/^\/r\/[0-9a-z]+$/);
  await page.getByRole("button", { name: "Copy Your referral link" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await expect(page.getByText("Nobody has signed up by your link yet")).toBeVisible();
  await expect(page.getByText("A deposit alone does not count: it has to be spent.")).toBeVisible();
  await expect(page.getByText("You were referred")).toBeHidden();
});

/** Whether all of a text is there to be seen, whatever its length. */
const isWhole = (text: Locator) => text.evaluate((field) => field.scrollHeight <= field.clientHeight + 1);

test("words to send the link with are whole at 390 pixels, and each is copied by itself", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.setViewportSize({ width: 390, height: 844 });
  await signInWith(page, "Google", newcomer());
  const link = await linkOf(page);
  const places = [
    { place: "In a message", labels: ["The message"] },
    { place: "As a post", labels: ["The post"] },
    { place: "By mail", labels: ["The mail’s subject", "The mail’s text"] },
  ];
  for (const { place, labels } of places) {
    // The first place is open already, and opening one closes the others.
    if (place !== "In a message") await page.getByText(place, { exact: true }).click();
    await expect(page.getByRole("textbox", { name: /^The (message|post|mail’s)/ })).toHaveCount(labels.length);
    for (const label of labels) {
      const text = page.getByRole("textbox", { name: label });
      await expect(text).toHaveValue(
        label === "The mail’s subject" ? /\$5 to \$500/ : new RegExp(`both get [^]*${link}`),
      );
      expect(await isWhole(text)).toBe(true);
      await page.getByRole("button", { name: `Copy ${label}` }).press("Enter");
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await text.inputValue());
    }
    await expect(page.getByText("Copied.").filter({ visible: true })).toHaveCount(labels.length);
  }
});

test("the link is there as a code to print, for nobody but its owner", async ({ page, request }) => {
  await signInWith(page, "Google", newcomer());
  await page.goto("/referrals");
  const code = page.getByRole("img", { name: "Your referral link as a QR code" });
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "PNG" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("tenspot-referral.png");
  expect((await request.get("/referrals/qr/svg")).status()).toBe(401);
});

test("where copying is refused the link is selected instead, and says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
  });
  await signInWith(page, "Google", newcomer());
  const link = await linkOf(page);
  await page.getByRole("button", { name: "Copy Your referral link" }).click();
  await expect(page.getByText("the text is selected")).toBeVisible();
  expect(await page.evaluate(() => String(getSelection()))).toBe(link);
});

test("from the link to the bonus every stage shows, with exact commission and its exact end", async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const platform = await Platform.of(baseURL);
  const ravi = await signedIn(browser, newcomer("Ravi"));
  const link = await linkOf(ravi);
  const who = newcomer("Ines");
  const ines = await signedIn(browser, who, link);
  const customer = await platform.customerOf(who);

  await ravi.reload();
  await expect(stage(ravi, "Link followed")).toHaveText("1");
  await expect(stage(ravi, "Signed up")).toHaveText("1");
  await expect(stage(ravi, "Spending")).toHaveText("0");

  await platform.deposit(customer, "20");
  await platform.use(customer, [
    { durationMs: 4 * HOUR_MS + 3_600 },
    { durationMs: 2 * HOUR_MS, service: "serverless" },
  ]);
  const live = liveStream(ravi);
  await ravi.reload();
  await live;
  await expect(stage(ravi, "Spending")).toHaveText("1");
  await expect(detail(ravi, "Pods, 3%")).toContainText("$0.12003");
  await expect(detail(ravi, "Serverless, 5%")).toHaveText("$0.10");
  await expect(figure(ravi, "Commission earned")).toContainText("$0.22003");
  await expect(detail(ravi, "Your bonus")).toHaveText("drawn when their spend reaches $10.00");

  await ines.goto("/referrals");
  const notice = ines.getByText(
    /Your referrer earns 3% of what you spend on pods and 5% of what you spend on serverless/,
  );
  const end = (await notice.getByRole("time").getAttribute("datetime")) ?? "";
  await expect(detail(ravi, "Earns until").getByRole("time")).toHaveAttribute("datetime", end);
  const signedUp = await ravi
    .getByRole("heading", { name: /^Referral of/ })
    .getByRole("time")
    .getAttribute("datetime");
  expect(end).toBe(sixMonthsAfter(signedUp ?? ""));

  const noReload = await withoutReload(ravi);
  await platform.use(customer, [{ durationMs: 4 * HOUR_MS }]);
  await platform.sweep();
  await expect(stage(ravi, "Qualified")).toHaveText("1");
  await expect(ravi.getByText("reached the bonus for both of you")).toBeVisible();
  await expect(stage(ravi, "Earning")).toHaveText("1");
  await expect(ravi.getByText("100% of the step before")).toHaveCount(4);
  await expect(detail(ravi, "Your bonus")).toHaveText(/^\$[0-9.]+, drawn /, { timeout: 60_000 });
  await expect(ravi.getByRole("definition").filter({ hasText: "$0.34003" })).toBeVisible();
  await noReload();

  const seen = await ravi.content();
  await ravi.getByRole("link", { name: /^Referral of/ }).click();
  const months = ravi.getByRole("table", { name: "Earned by month and service" });
  await expect(months.getByRole("row").nth(1)).toContainText("$0.24");
  await expect(months.getByRole("row").nth(1)).toContainText("$0.10");
  await expect(months.getByRole("row").last()).toContainText("$0.34");
  await expect(ravi.getByText("A first forecast is made after a whole week.")).toBeVisible();
  await expectSound(ravi, new URL(ravi.url()).pathname);

  for (const secret of [who.email, who.name, customer]) expect(seen + (await ravi.content())).not.toContain(secret);
});

test("an account of one's own earns nothing, and both sides are told why", async ({ browser }) => {
  test.slow();
  const ravi = newcomer("Ravi");
  const first = await signedIn(browser, ravi);
  const link = await linkOf(first);
  const again = await signedIn(browser, { ...ravi, email: ravi.email.replace("@", "+two@") }, link);
  await again.goto("/referrals");
  await expect(again.getByText("Your referral does not count")).toBeVisible();
  await first.reload();
  await expect(first.getByText("This account has your own e-mail address").first()).toBeVisible();
  await expect(first.getByText("Does not count", { exact: true }).first()).toBeVisible();
});

test("the referrals page is sound on a phone and on a desk, empty and with a referral", async ({ browser, page }) => {
  test.slow();
  await signInWith(page, "Google", newcomer("Ravi"));
  await expectSound(page, "/referrals");
  await signedIn(browser, newcomer("Ines"), await linkOf(page));
  await expectSound(page, "/referrals");
});

test("a code of one's own takes the link's place, the old one leads on for ever, and what cannot be says why", async ({
  browser,
}) => {
  test.slow();
  const ravi = await signedIn(browser, newcomer("Ravi"));
  const before = await linkOf(ravi);
  const code = `ravi-${crypto.randomUUID().slice(0, 8)}`;
  const choose = async (page: Page, typed: string) => {
    await page.getByLabel("A code of your own").fill(typed);
    await page.getByRole("button", { name: "Take this code" }).click();
  };
  await choose(ravi, "ra vi");
  await expect(ravi.getByLabel("A code of your own")).toHaveAccessibleDescription(/letters from a to z, digits/);
  await expect(ravi.getByLabel("A code of your own")).toHaveValue("ra vi");
  await choose(ravi, code.toUpperCase());
  await expect(ravi.getByLabel("Your referral link", { exact: true })).toHaveValue(new RegExp(`/r/${code}$`));
  await expect(ravi.getByText(`Your link ends in /r/${code} now.`)).toBeVisible();

  const mia = await signedIn(browser, newcomer("Mia"));
  await linkOf(mia);
  await choose(mia, code);
  await expect(mia.getByLabel("A code of your own")).toHaveAccessibleDescription(/is somebody else's/);

  await signedIn(browser, newcomer("Ines"), before);
  await signedIn(browser, newcomer("Teo"), before.replace(/[^/]+$/, code.toUpperCase()));
  await ravi.reload();
  await expect(stage(ravi, "Signed up")).toHaveText("2");
  await expect(stage(ravi, "Link followed")).toHaveText("2");
});

test("a browser is counted once however often it follows, and a program that looks at the link never", async ({
  browser,
  request,
}) => {
  const ravi = await signedIn(browser, newcomer("Ravi"));
  const link = await linkOf(ravi);
  const visitor = await (await browser.newContext()).newPage();
  for (let times = 0; times < 3; times += 1) await visitor.goto(link);
  const preview = await request.get(link, { headers: { "user-agent": "Twitterbot/1.0" } });
  expect([preview.status(), preview.headers()["set-cookie"]]).toEqual([200, undefined]);
  await ravi.reload();
  await expect(stage(ravi, "Link followed")).toHaveText("1");
});

test("visitors are told a first name only once its owner allows it", async ({ browser }) => {
  const ravi = await signedIn(browser, newcomer("Ravi"));
  const link = await linkOf(ravi);
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(link);
  await expect(visitor.getByRole("heading", { level: 1, name: "You were invited" })).toBeVisible();
  await ravi.getByRole("button", { name: "Show them “Ravi”" }).click();
  await expect(ravi.getByRole("button", { name: "Hide “Ravi” from them" })).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByRole("heading", { level: 1, name: "Ravi invited you" })).toBeVisible();
  await visitor.goto("/sign-in");
  await expect(visitor.getByText("You came by Ravi’s referral link")).toBeVisible();
  await expect(visitor.getByText("Ravi also gets 3% of what you spend on pods")).toBeVisible();
  await visitor.goto("/help");
  await expect(visitor.getByRole("region", { name: "Your invitation" })).toContainText("Ravi invited you: spend");
});

test("whoever came by a mailed link has no name to show, is led to where one is entered, and may show it then", async ({
  page,
}) => {
  const { email } = newcomer("Noor");
  await askForLink(page, email);
  await page.goto(await newestLink(page, email));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/dashboard");
  await page.goto("/referrals");
  await expect(page.getByText("You have no first name here that could be shown to them.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Show them/ })).toBeHidden();
  await page.getByRole("link", { name: "Enter your name" }).click();
  await page.waitForURL("**/settings#profile");
  await page.getByRole("region", { name: "Profile" }).getByLabel("Name").fill("Noor Ali");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Your name is saved.")).toBeVisible();
  await page.goto("/referrals");
  await page.getByRole("button", { name: "Show them “Noor”" }).click();
  await expect(page.getByText("“Noor invited you”, and the offer.")).toBeVisible();
});

test("a referral that is another's is not there", async ({ page }) => {
  await signInWith(page, "Google", newcomer());
  for (const id of [crypto.randomUUID(), "x"]) {
    expect((await page.goto(`/referrals/${id}`))?.status()).toBe(404);
    await expect(page.getByText("You have no referral of this number")).toBeVisible();
  }
});

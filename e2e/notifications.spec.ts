import { expect, type Page, test } from "@playwright/test";
import { mailAbout, mailsTo } from "./mail-steps";
import { operatorPage } from "./operator-steps";
import { customerOn, Platform } from "./platform-steps";
import { expectSound, liveStream, withoutReload } from "./screen-steps";
import { newcomer, type Person, signInWith } from "./sign-in-steps";

/** A draw is bound some seconds ahead, and waits for the worker's turn. */
const TOLD_WITHIN = { timeout: 60_000 };

const bell = (page: Page) => page.getByRole("banner").getByRole("link", { name: /^Notifications/ });

/** Somebody new whose first ten dollars are spent. */
async function spender(page: Page, baseURL: string | undefined, name: string): Promise<Person> {
  const person = newcomer(name);
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", person);
  const customer = await platform.customerOf(person);
  await platform.deposit(customer, "20");
  await platform.use(customer, 10);
  return person;
}

test("a bonus that is drawn rings the bell while one looks on, by the page's one stream, and is mailed once", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer, person } = await customerOn(page, baseURL, "Bella");
  await platform.deposit(customer, "20");
  // The page that signing in led to may still open its stream: not one of those counted.
  await page.goto("about:blank");
  const streams: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/live") streams.push(request.url());
  });
  const live = liveStream(page);
  await page.goto("/usage");
  await live;
  const stays = await withoutReload(page);
  await expect(bell(page)).toHaveAccessibleName("Notifications");
  await platform.use(customer, 10);
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread", TOLD_WITHIN);
  await stays();
  expect(streams).toHaveLength(1);
  await bell(page).click();
  const item = page.getByRole("listitem").filter({ hasText: "Your bonus is drawn: $" });
  await expect(item).toBeVisible();
  const mail = await mailAbout(page, person.email, /^Your bonus is drawn: \$/);
  expect(mail.text).toContain(`${baseURL}/bonus/`);
  await item.getByRole("button", { name: "Mark as read" }).click();
  await expect(page.getByText("Marked as read.")).toBeVisible();
  await expect(bell(page)).toHaveAccessibleName("Notifications");
  await item.getByRole("link", { name: /Your bonus is drawn/ }).click();
  await expect(page.getByRole("heading", { name: "Your new-account draw" })).toBeVisible();
  expect((await mailsTo(page, person.email)).length).toBe(1);
});

test("one click of a mail program, without a cookie, ends the mails of a topic; opening the link ends nothing", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const person = await spender(page, baseURL, "Uma");
  const mail = await mailAbout(page, person.email, /^Your bonus is drawn/);
  const link = (mail.headers["list-unsubscribe"] ?? "").slice(1, -1);
  expect(mail.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole("heading", { name: "Stop these mails?" })).toBeVisible();
  await page.goto("/settings");
  const bonuses = page.getByRole("group", { name: /^Bonuses/ });
  await expect(bonuses.getByLabel("By e-mail")).toBeChecked();
  const clicked = await fetch(link, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  expect(clicked.status).toBe(200);
  await page.reload();
  await expect(bonuses.getByLabel("By e-mail")).not.toBeChecked();
  await expect(bonuses.getByLabel("In the list")).toBeChecked();
  const forged = link.replace("topic=bonus", "topic=wallet");
  expect((await fetch(forged, { method: "POST" })).status).toBe(404);
  await page.reload();
  await expect(page.getByRole("group", { name: /^Balance/ }).getByLabel("By e-mail")).toBeChecked();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("choices are kept, what was told is read, and the page of the link stops the mails", async ({
    page,
    baseURL,
  }) => {
    test.slow();
    const person = await spender(page, baseURL, "Nils");
    const mail = await mailAbout(page, person.email, /^Your bonus is drawn/);
    await page.goto("/notifications");
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await expect(bell(page)).toHaveAccessibleName("Notifications");
    await page.goto("/settings");
    await page
      .getByRole("group", { name: /^Referrals/ })
      .getByLabel("In the list")
      .uncheck();
    await page.getByRole("button", { name: "Save choices" }).click();
    await expect(page.getByText("Your choices are saved.")).toBeVisible();
    await expect(page.getByRole("group", { name: /^Referrals/ }).getByLabel("In the list")).not.toBeChecked();
    const stop = mail.links.find((each) => new URL(each).pathname === "/unsubscribe");
    await page.goto(stop ?? "");
    await page.getByRole("button", { name: "Stop these mails" }).click();
    await expect(page.getByRole("heading", { name: "No more of these mails" })).toBeVisible();
    await page.goto("/settings");
    await expect(page.getByRole("group", { name: /^Bonuses/ }).getByLabel("By e-mail")).not.toBeChecked();
  });
});

test("a question reaches the operator with what the books say, and its answer the customer by mail", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const person = newcomer("Quinn");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", person);
  await platform.deposit(await platform.customerOf(person), "12.50");
  await page.goto("/funds");
  await page.getByRole("contentinfo").getByRole("link", { name: "Help" }).click();
  await page.getByRole("link", { name: "Ask a person" }).click();
  await expect(page.getByRole("region", { name: "What goes along" })).toContainText("/funds");
  await expect(page.getByRole("region", { name: "What goes along" })).toContainText("$12.50");
  const subject = `About my deposit, ${person.email}`;
  await page.getByLabel("In a few words").fill(subject);
  await page.getByRole("textbox", { name: "Your question" }).fill("Why is it\nnot $13?");
  await page.getByRole("button", { name: "Send the question" }).click();
  await expect(page.getByText("Your question is in the operator's inbox.")).toBeVisible();
  const { page: desk } = await operatorPage(browser, "Otto");
  await desk.goto("/operator/support");
  const asked = desk.getByRole("listitem").filter({ hasText: subject });
  await expect(asked).toContainText(person.email);
  await asked.getByText("Answer", { exact: false }).first().click();
  await asked.getByLabel("Answer to").fill("You paid in $12.50.");
  await asked.getByRole("button", { name: "Send the answer" }).click();
  await expect(desk.getByRole("status").filter({ hasText: "is answered" })).toBeVisible();
  const mail = await mailAbout(page, person.email, `Answer: ${subject}`);
  expect(mail.text).toContain("You paid in $12.50.");
  await page.goto("/help/ask");
  await expect(page.getByRole("region", { name: "What you asked" })).toContainText("You paid in $12.50.");
  await expectSound(page, "/help/ask");
  await expectSound(desk, "/operator/support");
});

test("the list of notifications is sound on a phone and on a desk, empty and not", async ({ page, baseURL }) => {
  test.slow();
  const person = newcomer("Lena");
  await signInWith(page, "Google", person);
  await page.goto("/notifications");
  await expect(page.getByText("Nothing yet")).toBeVisible();
  await expectSound(page, "/notifications");
  const platform = await Platform.of(baseURL);
  const customer = await platform.customerOf(person);
  await platform.deposit(customer, "20");
  await platform.use(customer, 10);
  await expect(page.getByRole("link", { name: /Your bonus is drawn/ })).toBeVisible(TOLD_WITHIN);
  await expectSound(page, "/notifications");
});

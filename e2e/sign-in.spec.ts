import { type Browser, expect, type Page, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { Platform } from "./platform-steps";
import { expectSound } from "./screen-steps";
import { askForLink, goThrough, linksFor, newcomer, newestLink, signInWith, signOut } from "./sign-in-steps";

/** The session as the server sees it: its address, or null. */
async function signedInAs(page: Page): Promise<string | null> {
  const session: { user?: { email: string } } = await (await page.request.get("/api/auth/session")).json();
  return session.user?.email ?? null;
}

/** Another person's browser. */
async function elsewhere(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

const explanation = (page: Page, title: string) =>
  expect(page.getByRole("status").filter({ hasText: title })).toBeVisible();

for (const provider of ["Google", "GitHub"] as const) {
  test(`${provider} opens an account at the first sign-in and finds it at the next`, async ({ page }) => {
    const ada = newcomer();
    await signInWith(page, provider, ada);
    expect(await signedInAs(page)).toBe(ada.email);
    await signOut(page);
    expect(await signedInAs(page)).toBeNull();
    await page.goto("/dashboard");
    await page.waitForURL("**/sign-in?**");
    await signInWith(page, provider, ada);
    expect(await signedInAs(page)).toBe(ada.email);
  });

  test(`an address that ${provider} has not verified opens nothing`, async ({ page }) => {
    await page.goto("/sign-in");
    await goThrough(page, provider, { ...newcomer(), verified: false });
    await explanation(page, "The provider has not verified your e-mail address");
    expect(await signedInAs(page)).toBeNull();
  });
}

test("a customer the platform imported finds the account waiting, with its balance, whoever vouches for the address", async ({
  page,
  browser,
  baseURL,
}) => {
  const platform = await Platform.of(baseURL);
  for (const provider of ["Google", "GitHub"] as const) {
    const ada = newcomer();
    await platform.deposit(await platform.customerOf(ada), "12.34");
    const own = provider === "Google" ? page : await elsewhere(browser);
    await signInWith(own, provider, ada);
    await own.goto("/funds");
    await expect(figure(own, "Prepaid balance")).toHaveText("$12.34");
  }
});

test("signing in leads to the page that was asked for, never to another site", async ({ page }) => {
  const ada = newcomer();
  await page.goto("/dashboard?from=here");
  await expect(page).toHaveURL(/\/sign-in/);
  await goThrough(page, "Google", ada);
  await page.waitForURL("**/dashboard?from=here");
  await signOut(page);
  await page.goto("/sign-in?next=https://example.com/");
  await goThrough(page, "Google", ada);
  await page.waitForURL("**/dashboard");
});

test("a link by e-mail survives being opened by a mail scanner, and works once", async ({ page, browser }) => {
  const { email } = newcomer();
  await askForLink(page, email);
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeVisible();
  const link = await newestLink(page, email);

  for (const way of [link, link.replace("/sign-in/confirm", "/api/auth/callback/email")]) {
    expect((await page.request.get(way)).status()).toBe(200);
    await page.request.head(way);
  }
  expect(await signedInAs(page)).toBeNull();

  await page.goto(link);
  await expect(page.getByText(email)).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/dashboard");
  expect(await signedInAs(page)).toBe(email);

  const other = await elsewhere(browser);
  await other.goto(link);
  await other.getByRole("button", { name: "Sign in" }).click();
  await explanation(other, "This link does not work any more");
  expect(await signedInAs(other)).toBeNull();
});

test("five links an hour are mailed to one address, and the sixth request is told so", async ({ page }) => {
  const { email } = newcomer();
  for (let sent = 1; sent <= 5; sent += 1) {
    await askForLink(page, email);
    await newestLink(page, email, sent);
  }
  await askForLink(page, email);
  await explanation(page, "Five links were sent");
  expect(await linksFor(page, email)).toHaveLength(5);
});

test("the same address at a second provider is refused and told the first one, never joined", async ({
  page,
  browser,
}) => {
  const ada = newcomer();
  await signInWith(page, "Google", ada);

  const other = await elsewhere(browser);
  await other.goto("/sign-in");
  await goThrough(other, "GitHub", ada);
  await explanation(other, "You signed in with Google before");
  expect(await signedInAs(other)).toBeNull();

  await askForLink(other, ada.email);
  await other.goto(await newestLink(other, ada.email));
  await other.getByRole("button", { name: "Sign in" }).click();
  await explanation(other, "You signed in with Google before");
  expect(await signedInAs(other)).toBeNull();

  await signInWith(other, "Google", ada);
});

test("whoever asks for a link learns nothing about the address", async ({ page, browser }) => {
  const ada = newcomer();
  await signInWith(page, "GitHub", ada);
  const stranger = await elsewhere(browser);
  for (const email of [ada.email, newcomer().email]) {
    await askForLink(stranger, email);
    await expect(stranger).toHaveURL(/\/sign-in\/check-inbox$/);
    expect(await stranger.locator("main").innerText()).not.toContain("GitHub");
  }
});

test("a signed-in person who goes through another provider is not joined to it", async ({ page }) => {
  const ada = newcomer();
  const bob = newcomer("Bob");
  await page.goto("/sign-in");
  const form = await page.locator("form[action$='/github']").evaluate((node) => node.outerHTML);
  await goThrough(page, "Google", ada);
  await page.waitForURL("**/dashboard");

  // The form of a page that was left open in another tab.
  await page.evaluate((html) => {
    document.body.insertAdjacentHTML("beforeend", html);
  }, form);
  await goThrough(page, "GitHub", bob);
  await explanation(page, "You are signed in already");
  expect(await signedInAs(page)).toBe(ada.email);

  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await signInWith(page, "GitHub", bob);
  expect(await signedInAs(page)).toBe(bob.email);
});

test("cancelling at the provider leaves nothing behind and says so", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await explanation(page, "The sign-in was cancelled");
  expect(await signedInAs(page)).toBeNull();
});

test("a form that was sent by another site, or by none, signs nobody in", async ({ page, baseURL }) => {
  await page.goto("/sign-in");
  const csrfToken = await page.locator("input[name=csrfToken]").first().inputValue();
  for (const headers of [{}, { origin: "https://evil.example" }, { origin: "null" }]) {
    const answer = await page.request.post("/api/auth/signin/google", {
      form: { csrfToken },
      headers,
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(403);
  }
  const ours = { origin: new URL(baseURL ?? page.url()).origin };
  const stale = await page.request.post("/api/auth/signin/google", { form: { csrfToken: "x" }, headers: ours });
  expect(await stale.text()).toContain("The form had expired");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("every way to sign in works", async ({ page, browser }) => {
    await signInWith(page, "Google", newcomer());
    const other = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    const { email } = newcomer();
    await askForLink(other, email);
    await other.goto(await newestLink(other, email));
    await other.getByRole("button", { name: "Sign in" }).click();
    await other.waitForURL("**/dashboard");
    await signOut(page);
  });
});

test("a browser that keeps no cookies is told what is missing, not sent round in circles", async ({ baseURL }) => {
  let address = `${baseURL}/sign-in`;
  let answer = await fetch(address, { redirect: "manual" });
  for (let hops = 0; hops < 4 && answer.headers.has("location"); hops += 1) {
    address = new URL(answer.headers.get("location") ?? "", address).href;
    answer = await fetch(address, { redirect: "manual" });
  }
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("Your browser keeps no cookies for this site");
});

test("who follows a referral link and signs up is referred, by whatever way and through whichever page", async ({
  page,
  browser,
}) => {
  test.slow();
  await signInWith(page, "Google", newcomer("Ravi"));
  const referred = async () => {
    await page.goto("/referrals");
    return page.getByRole("heading", { name: /^Referral of/ }).count();
  };
  expect(await referred()).toBe(0);
  const link = await page.getByLabel("Your referral link").inputValue();
  const code = new URL(link).pathname.replace("/r/", "");

  const ines = await elsewhere(browser);
  await ines.goto(link);
  await expect(ines).toHaveURL(/\/invited\/[0-9a-z]+$/);
  await ines.goto("/r/0000000000000");
  await signInWith(ines, "GitHub", newcomer("Ines"));
  await ines.goto("/referrals");
  await expect(ines.getByText("You were referred")).toBeVisible();
  expect(await referred()).toBe(1);

  const teo = await elsewhere(browser);
  await teo.goto(`/sign-in?ref=${code}`);
  await expect(teo.getByText("You came by a referral link")).toBeVisible();
  expect(new URL(teo.url()).searchParams.has("ref")).toBe(false);
  await goThrough(teo, "Google", newcomer("Teo"));
  await teo.waitForURL("**/dashboard");
  expect(await referred()).toBe(2);

  const asking = await elsewhere(browser);
  const mia = newcomer("Mia");
  await asking.goto(link);
  await askForLink(asking, mia.email);
  const opening = await elsewhere(browser);
  await opening.goto(await newestLink(asking, mia.email));
  await opening.getByRole("button", { name: "Sign in" }).click();
  await opening.waitForURL("**/dashboard");
  expect(await referred()).toBe(3);
});

test("a referral link that another page loads by itself is not followed", async ({ page, baseURL }) => {
  await signInWith(page, "Google", newcomer("Ravi"));
  await page.goto("/referrals");
  const link = await page.getByLabel("Your referral link").inputValue();
  for (const headers of [
    { "sec-fetch-dest": "image" },
    { "sec-fetch-dest": "iframe" },
    { "sec-purpose": "prefetch" },
  ]) {
    const answer = await fetch(new URL(link, baseURL), { redirect: "manual", headers });
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([303, null]);
  }
});

test("the landing page's link leads to the sign-in page and back to it signed in", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
  await goThrough(page, "GitHub", newcomer());
  await page.waitForURL("**/dashboard");
  await page.goto("/sign-in");
  await page.waitForURL("**/dashboard");
});

test("the sign-in pages are sound on a phone and on a desk", async ({ page }) => {
  test.slow();
  const link = `/sign-in/confirm?token=${"0".repeat(64)}&email=somebody.with.a.long.name@a-long-domain.example.com`;
  for (const path of ["/sign-in", "/sign-in?error=UseGoogle", "/sign-in/check-inbox", link, "/sign-in/confirm"]) {
    await expectSound(page, path);
  }
});

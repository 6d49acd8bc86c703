import { type Browser, expect, test } from "@playwright/test";
import { Platform } from "./platform-steps";
import { expectSound } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

test("a visitor's numbers are computed by the engine, and what is mistyped says what to do", async ({
  page,
  baseURL,
}) => {
  await Platform.of(baseURL);
  await page.goto("/");
  await expect(page.getByText("A random bonus for $10 spent", { exact: true })).toBeVisible();
  await expect(page.getByText("$5 to $500", { exact: true })).toBeAttached();
  const reach = page.getByRole("form", { name: "How far it goes" });
  await expect(reach.getByRole("option").first()).toHaveText("e2e.rtx4090, $0.34 an hour");
  await expect(reach.getByRole("option", { name: "Example" })).toHaveCount(0);
  await expect(reach.getByRole("status")).toHaveText("29 h 24 min 42 s");
  await reach.getByLabel("You spend").fill("20");
  await expect(reach.getByRole("status")).toHaveText("58 h 49 min 24 s");
  await reach.getByLabel("On").selectOption({ label: "Another price" });
  await reach.getByLabel("At, an hour").fill("ten");
  await expect(reach.getByLabel("At, an hour")).toHaveAccessibleDescription(/Enter dollars, such as "0.34"/);

  const link = page.getByRole("form", { name: "What a link earns" });
  await link.getByLabel("People who follow your link").fill("1");
  await link.getByLabel("Pods, each a month").fill("200");
  await link.getByLabel("Serverless").fill("100");
  await expect(link.getByRole("status")).toHaveText(
    /^\$66\.00\s*\+ about \$6\.39 in bonuses: on average \$6\.39 for each/,
  );
  await link.getByLabel("Pods, each a month").fill("1");
  await link.getByLabel("Serverless").fill("0");
  await expect(link).toContainText("At this pace no bonus becomes due.");
  await expect(link.getByRole("status")).toHaveText("$0.18");

  const template = page.getByRole("form", { name: "What a template earns" });
  await expect(template.getByRole("status")).toHaveText("$18.14");
  await template.getByLabel("Hours, each a week").fill("169");
  await expect(template).toContainText("A week has 168 hours.");
  await template.getByLabel("Hours, each a week").fill("0.5");
  await expect(template.getByRole("status")).toHaveText("$0.05");
});

test("help answers from the terms in force, and is found from every page", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("contentinfo").getByRole("link", { name: "Help" }).click();
  const answer = page.getByRole("region", { name: "The bonus" }).getByText("Why has my bonus not come?");
  await answer.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("In review: A person looks at this bonus", { exact: false })).toBeVisible();
});

test("whoever cannot sign in finds an address to write to, and somebody signed in asks here instead", async ({
  page,
}) => {
  await page.goto("/help");
  const address = page.getByRole("link", { name: "help@tenspot.example" });
  await expect(address).toHaveAttribute("href", "mailto:help@tenspot.example");
  await expectSound(page, "/help");
  await signInWith(page, "Google", newcomer());
  await page.goto("/help");
  await expect(page.getByRole("link", { name: "Ask a person" })).toBeVisible();
  await expect(address).toBeHidden();
});

/** Somebody's link. */
async function somebodysLink(browser: Browser): Promise<string> {
  const page = await (await browser.newContext()).newPage();
  await signInWith(page, "Google", newcomer("Ravi"));
  await page.goto("/referrals");
  return page.getByLabel("Your referral link", { exact: true }).inputValue();
}

for (const javaScriptEnabled of [true, false]) {
  test(`an invited visitor sees what both get and can say that it is not right, scripts ${javaScriptEnabled ? "run" : "blocked"}`, async ({
    browser,
  }) => {
    test.slow();
    const link = await somebodysLink(browser);
    const visitor = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await visitor.goto(link);
    await expect(visitor.getByRole("heading", { level: 1, name: "You were invited" })).toBeVisible();
    const sides = visitor.getByRole("region", { name: "What both of you get" });
    await expect(sides).toContainText("As soon as your first $10 is spent");
    await expect(sides).toContainText(
      "3% of what you spend on pods and 5% of what you spend on serverless for 6 months",
    );
    await visitor.goto("/");
    await expect(visitor.getByRole("region", { name: "Your invitation" })).toContainText("You were invited");
    await visitor.getByRole("button", { name: "That’s not right" }).click();
    await expect(visitor.getByText("The link is forgotten")).toBeVisible();
    await signInWith(visitor, "Google", newcomer("Ines"));
    await visitor.goto("/referrals");
    await expect(visitor.getByRole("heading", { level: 1, name: "Referrals" })).toBeVisible();
    await expect(visitor.getByText("You were referred")).toBeHidden();
  });
}

test("whatever page a link leads to tells who invited its visitor, and so does the sign-in page with what both get", async ({
  browser,
}) => {
  test.slow();
  const code = new URL(await somebodysLink(browser)).pathname.replace("/r/", "");
  const visitor = await (await browser.newContext()).newPage();
  const invitation = visitor.getByRole("region", { name: "Your invitation" });
  const offer = "pend your first $10 and you both get a random bonus from $5 to $500.";
  for (const path of ["/docs/api", "/fairness", "/help"]) {
    await visitor.goto(`${path}?ref=${code}`);
    await expect(visitor).toHaveURL(new RegExp(`${path}$`));
    await expect(invitation).toContainText(`You were invited: s${offer}`);
  }
  await visitor.goto("/sign-in");
  await expect(visitor.getByText("You came by a referral link")).toBeVisible();
  await expect(visitor.getByText(`S${offer} Whoever invited you also gets 3% of what you spend on pods`)).toBeVisible();
  await visitor.goto("/help");
  await invitation.getByRole("button", { name: "That’s not right" }).click();
  await expect(visitor).toHaveURL(/\/help\?link=forgotten$/);
  await expect(visitor.getByText("The link is forgotten")).toBeVisible();
  await expect(invitation).toBeHidden();
});

test("a link that is nobody's says so, whatever page it was written on, and keeps an earlier one", async ({
  browser,
  page,
}) => {
  await page.goto("/help?ref=nobody-has-this");
  await expect(page.getByRole("heading", { level: 1, name: "This link is nobody’s" })).toBeVisible();
  await page.getByRole("link", { name: "Go on" }).click();
  await expect(page).toHaveURL(/\/help$/);
  await page.goto(await somebodysLink(browser));
  await page.goto("/r/nobody-has-this");
  await expect(page.getByText("that one still counts")).toBeVisible();
});

test("a program that previews a link gets a page with its tags in the head, and a picture of its own", async ({
  browser,
  request,
}) => {
  const link = await somebodysLink(browser);
  const answer = await request.get(link, {
    headers: { "user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" },
    maxRedirects: 0,
  });
  expect([answer.status(), answer.headers()["set-cookie"]]).toEqual([200, undefined]);
  const html = await answer.text();
  const head = html.slice(0, html.indexOf("</head>"));
  const tag = (name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(head)?.[1] ?? "";
  expect(tag("og:title")).toBe("You were invited to Tenspot");
  expect(tag("og:description")).toBe("Spend your first $10 and you both get a random bonus from $5 to $500.");
  expect([tag("og:url"), tag("twitter:card")]).toEqual([link, "summary_large_image"]);
  expect(tag("og:image")).toBe(tag("twitter:image"));
  for (const address of [tag("og:image"), new URL("/card.png", link).href]) {
    const picture = await request.get(address);
    expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/png"]);
    expect(picture.headers()["cache-control"]).toBe("public, max-age=3600");
    const bytes = await picture.body();
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  }
  const nobodys = await request.get("/invited/nobody-has-this/card.png");
  expect([nobodys.status(), nobodys.headers()["cache-control"]]).toEqual([404, "private, no-store"]);
});

test("public pages are sound on a phone and on a desk, in light and dark", async ({ page }) => {
  test.slow();
  for (const path of ["/", "/help", "/invited/nobody-has-this", "/unsubscribe", "/goodbye", "/no-such-page"])
    await expectSound(page, path);
});

test("the page of an invitation is sound on a phone and on a desk, and so are the others that name it", async ({
  browser,
  page,
}) => {
  test.slow();
  const link = await somebodysLink(browser);
  await expectSound(page, link);
  for (const path of ["/", "/help", "/sign-in"]) await expectSound(page, path);
});

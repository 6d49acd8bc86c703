import { createHash, createHmac } from "node:crypto";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { customerOn, DRAWN_WITHIN, Platform } from "./platform-steps";
import { expectSound, expectSoundAsItIs, fact, liveStream, withoutReload } from "./screen-steps";
import { newcomer, type Person, signInWith } from "./sign-in-steps";

/** What stands beside a name among the draw's data. */
const datum = (page: Page, term: string) =>
  page
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${term}`) })
    .locator("xpath=following-sibling::dd//code");

const sha256 = (data: Buffer | string) => createHash("sha256").update(data).digest();

/** The amount a draw's data give, in cents, by this test's own calculation. */
function centsOf({ odds, drawId, randomness }: { odds: string; drawId: string; randomness: string }): number {
  const hash = sha256(odds).toString("hex");
  let counter = 0;
  const choose = (choices: number): number => {
    for (;;) {
      const message = `bonus-draw/v1|${hash}|${drawId}|${counter}`;
      counter += 1;
      const x = createHmac("sha256", Buffer.from(randomness, "hex")).update(message).digest().readUIntBE(0, 6);
      if (x < Math.floor(2 ** 48 / choices) * choices) return x % choices;
    }
  };
  const { tiers }: { tiers: [number, number, number][] } = JSON.parse(odds);
  let ticket = choose(1_000_000);
  for (const [weight, least, most] of tiers) {
    if (ticket < weight) return least + choose(most - least + 1);
    ticket -= weight;
  }
  throw new Error("the weights do not sum to 1,000,000");
}

interface DrawnData {
  amount: string;
  drawId: string;
  randomness: string;
  oddsHash: string;
}

/** The reader's own browser finds the amount, and shows the values this test finds too. */
async function recomputedByKeyboard(page: Page, { amount, drawId, randomness, oddsHash }: DrawnData): Promise<void> {
  const button = page.getByRole("button", { name: "Recompute it here" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Match: your browser finds the amount that was posted")).toBeVisible();
  const region = page.getByRole("region", { name: "Recompute it yourself" });
  await expect(region.getByRole("listitem")).toHaveCount(6);
  await expect(region.getByText("Match", { exact: true })).toHaveCount(4);
  await expect(region.getByText("Mismatch")).toHaveCount(0);
  const message = `bonus-draw/v1|${oddsHash}|${drawId}|0`;
  const digest = createHmac("sha256", Buffer.from(randomness, "hex")).update(message).digest();
  await expect(region.getByText(message, { exact: true })).toBeVisible();
  await expect(region.getByText(digest.toString("hex"), { exact: true })).toBeVisible();
  await expect(region.getByText(digest.readUIntBE(0, 6).toLocaleString("en-US"), { exact: true })).toBeVisible();
  await expect(region.getByRole("definition").filter({ hasText: amount })).toHaveCount(2);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** The saved file, opened from disk, says match to the draw and mismatch to the draw with another amount. */
async function checkedByFile(page: Page, published: { amount: string }): Promise<void> {
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: "the check as a single file" }).click();
  const saved = await saving;
  const path = test.info().outputPath("verify-draw.html");
  await saved.saveAs(path);
  const file = await page.context().newPage();
  await file.goto(pathToFileURL(path).href);
  const say = async (draw: object, verdict: string) => {
    await file.getByLabel("The draw's JSON").fill(JSON.stringify(draw));
    await file.getByRole("button", { name: "Check" }).click();
    await expect(file.getByRole("heading", { level: 2 })).toHaveText(verdict);
  };
  await say(published, "Match: the draw is what its data give");
  await say({ ...published, amount: "4.99" }, "Mismatch: 1 of 6 steps does not hold");
  await say({ status: 404 }, "Not checked");
  expect((await new AxeBuilder({ page: file }).analyze()).violations).toEqual([]);
  await file.close();
}

/** What is needed to check a draw is in the HTML as it is sent. */
async function readWithoutScripts(page: Page, texts: readonly (string | undefined)[]): Promise<void> {
  const html = await (await page.request.get("/bonus")).text();
  for (const text of texts) expect(html.replaceAll("&quot;", '"')).toContain(text);
}

async function signedIn(browser: Browser, person: Person, link?: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  if (link) await page.goto(link);
  await signInWith(page, "Google", person);
  return page;
}

test("before the trigger the odds, their mean and the draw's own id are there, and who could foresee results", async ({
  page,
}) => {
  await signInWith(page, "Google", newcomer());
  await page.goto("/bonus");
  await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuetext", "$0.00 of $10.00 spent");
  const odds = page.getByRole("table", { name: "Bonuses and how likely each is" });
  await expect(odds.getByRole("row")).toHaveCount(7);
  await expect(odds.getByRole("row", { name: /\$5\.01 to \$10\.00/ })).toContainText("26.5%");
  await expect(page.getByTitle("$6.39275")).toHaveText("$6.39");
  await expect(page.getByText("its owner could foresee results")).toBeVisible();
});

test("the draw appears by itself, and anyone can calculate its amount from the data shown", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora", "GitHub");
  const live = liveStream(page);
  await page.goto("/bonus");
  await live;
  const noReload = await withoutReload(page);
  await platform.deposit(customer, "10");
  await platform.use(customer, 10);
  await expect(page.getByRole("heading", { name: "Calculated again" })).toBeVisible(DRAWN_WITHIN);
  await noReload();

  await expect(page.getByText("Holds", { exact: true })).toHaveCount(3);
  await expect(page.getByText("Does not hold")).toHaveCount(0);
  const [drawId, oddsHash, anchor, randomness] = await Promise.all(
    ["Draw", "Odds", "Anchor", "Randomness"].map((term) => datum(page, term).innerText()),
  );
  const odds = await page.getByText('{"tiers":').innerText();
  expect(sha256(odds).toString("hex")).toBe(oddsHash);
  const round = await page.getByText(/^SHA-256, applied/).innerText();
  let link = Buffer.from(randomness ?? "", "hex");
  for (let left = Number(/applied ([0-9,]+) times?/.exec(round)?.[1]?.replaceAll(",", "")); left > 0; left -= 1) {
    link = sha256(link);
  }
  expect(link.toString("hex")).toBe(anchor);

  const cents = centsOf({ odds, drawId: drawId ?? "", randomness: randomness ?? "" });
  const amount = `$${(cents / 100).toFixed(2)}`;
  await expect(page.getByText(`Result: ${amount}, exactly what was posted.`)).toBeVisible();
  const published = await (await page.request.get(`/api/v1/draws/${drawId}`)).json();
  expect(Number(published.amount) * 100).toBeCloseTo(cents, 6);

  await recomputedByKeyboard(page, {
    amount,
    drawId: drawId ?? "",
    randomness: randomness ?? "",
    oddsHash: oddsHash ?? "",
  });
  await checkedByFile(page, published);
  await readWithoutScripts(page, [drawId, randomness, anchor, odds, amount]);
});

test("a referrer sees the draw for a referral, and to anybody else it does not exist", async ({ browser, baseURL }) => {
  test.slow();
  const platform = await Platform.of(baseURL);
  const ravi = await signedIn(browser, newcomer("Ravi"));
  await ravi.goto("/referrals");
  const link = await ravi.getByLabel("Your referral link", { exact: true }).inputValue();
  const who = newcomer("Ines");
  const ines = await signedIn(browser, who, link);
  const customer = await platform.customerOf(who);

  const live = liveStream(ravi);
  await ravi.goto("/bonus");
  await live;
  await expect(ravi.getByText("None yet")).toBeVisible();
  await platform.deposit(customer, "10");
  await platform.use(customer, 10);
  const row = ravi
    .getByRole("table", { name: "Bonuses from your referrals, the latest first" })
    .getByRole("row")
    .nth(1);
  await expect(row).toContainText("Drawn", DRAWN_WITHIN);
  await row.getByRole("link").click();
  await expect(ravi.getByRole("heading", { name: "A draw for your referral" })).toBeVisible();
  await expect(ravi.getByText("Holds", { exact: true })).toHaveCount(3);

  const address = new URL(ravi.url()).pathname;
  const answer = async (path: string) => {
    const response = await ines.goto(path);
    return [response?.status(), await ines.getByRole("main").innerText()];
  };
  const unknown = await answer("/bonus/00000000-0000-4000-8000-000000000000");
  expect(unknown[0]).toBe(404);
  expect(await answer(address)).toEqual(unknown);
  expect(await answer("/bonus/%00")).toEqual(unknown);
  for (const path of ["/bonus", address]) await expectSound(ravi, path);
});

test("the bonus page is sound on a phone and on a desk, before the draw and after it", async ({ page, baseURL }) => {
  test.slow();
  const nora = newcomer("Nora");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", nora);
  await expectSound(page, "/bonus");
  const customer = await platform.customerOf(nora);
  await platform.deposit(customer, "10");
  await platform.use(customer, 10);
  await page.goto("/bonus");
  await expect(page.getByRole("heading", { name: "Calculated again" })).toBeVisible(DRAWN_WITHIN);
  await expectSound(page, "/bonus");
});

test("a bonus that waits for its draw is sound, and so is a page whose live updates are interrupted", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "10");
  // What neither hears of changes nor looks for them stays as it was when it was opened.
  await page.context().route(/\/(live|api\/health)(\?|$)/, (route) => route.abort());
  const bonus = await page.context().newPage();
  await platform.use(customer, 10);
  await Promise.all([page.goto("/dashboard"), bonus.goto("/bonus")]);
  await expect(page.getByText("Live updates are interrupted.")).toBeVisible();
  await expect(page.getByText(/^(Due|Being drawn)$/)).toBeVisible();
  await expectSoundAsItIs(page, "the dashboard before the draw");
  await expect(bonus.getByText("When the round is out, the amount follows from it")).toBeVisible();
  await expectSoundAsItIs(bonus, "the bonus before its draw");
});

test("a bonus that is taken back, partly spent, is sound, and so is the account in arrears", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  const deposit = await platform.deposit(customer, "10");
  await platform.use(customer, 10);
  await page.goto("/bonus");
  await expect(page.getByRole("heading", { name: "Calculated again" })).toBeVisible(DRAWN_WITHIN);
  await platform.use(customer, 3);
  await platform.chargeBack(deposit);
  await expectSound(page, "/bonus");
  await expect(page.getByText("Taken back", { exact: true })).toBeVisible();
  await expectSound(page, "/dashboard");
  await expect(page.getByText("Your usage went beyond your balance")).toBeVisible();
  await expect(fact(page, "Taken back")).toHaveText("$3.00");
  for (const path of ["/statement", "/notifications"]) await expectSound(page, path);
});

test("the fairness page lists every draw with its public data, and is sound on a phone and on a desk", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer, person: nora } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "10");
  await platform.use(customer, 10);
  await page.goto("/bonus");
  await expect(page.getByRole("heading", { name: "Calculated again" })).toBeVisible(DRAWN_WITHIN);
  const drawId = await datum(page, "Draw").innerText();

  await page.goto("/fairness");
  await expect(page.getByTitle("$6.39275")).toHaveText("$6.39");
  const row = page.getByRole("row").filter({ hasText: drawId });
  const link = row.getByRole("link", { name: drawId });
  await expect(link).toHaveAttribute("href", `/api/v1/draws/${drawId}`);
  const published = await (await page.request.get(`/api/v1/draws/${drawId}`)).json();
  await expect(row).toContainText(`$${Number(published.amount).toFixed(2)}`);
  expect(await page.content()).not.toContain(nora.email);
  await expect(page.getByText(published.beacon.anchor)).toBeVisible();
  await expectSound(page, "/fairness");
});

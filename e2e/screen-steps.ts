import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };
const zoomed = { width: 640, height: 400 };

/** Marks the document: a reload would lose the mark. @returns a check that there was none. */
export async function withoutReload(page: Page): Promise<() => Promise<void>> {
  const mark = await page.evaluate(() => {
    document.documentElement.dataset.mark = String(performance.timeOrigin);
    return document.documentElement.dataset.mark;
  });
  return async () => expect(await page.evaluate(() => document.documentElement.dataset.mark)).toBe(mark);
}

/** Waits until the page hears of changes as they happen. Call it before `goto`. */
export const liveStream = (page: Page) =>
  page.waitForResponse((response) => new URL(response.url()).pathname === "/live" && response.ok());

/** By the navigation at the side, as a person goes. */
export async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
}

/** The value beside a term. */
export const fact = (page: Page, term: string) =>
  page
    .getByRole("main")
    .locator("div", { has: page.getByRole("term").filter({ hasText: new RegExp(`^${term}`) }) })
    .last()
    .getByRole("definition");

/** What is drawn stays inside of what there is; a chart may need a moment to follow the width. */
const expectNoSidewaysScrolling = (page: Page, what: string, width: number) =>
  expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth), `${what}, ${width} pixels`)
    .toBeLessThanOrEqual(width);

/** Opens all that can be opened, and brings every chart into view, which is not drawn before. */
async function unfold(page: Page): Promise<void> {
  await page.locator("details").evaluateAll((folded) => {
    for (const each of folded) each.setAttribute("open", "");
  });
  for (const chart of await page.locator("figure > div").all()) {
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.getByRole("application")).toBeVisible();
  }
  await page.evaluate(() => scrollTo(0, 0));
}

/** Waits for every movement that comes to an end: a colour on its way to another is nobody's fault. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((each) => each.playState === "running" && each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });

/**
 * The page as it stands, opened wherever it opens, on a phone and on a desk, in both schemes: no accessibility fault,
 * and nothing that sticks out, nor of a screen of 1280 pixels at 200 % zoom, which is 640 wide.
 */
export async function expectSoundAsItIs(page: Page, what: string): Promise<void> {
  await unfold(page);
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await settled(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations, `${what}, ${viewport.width} pixels, ${colorScheme}`).toEqual([]);
    }
    await expectNoSidewaysScrolling(page, what, viewport.width);
  }
  await page.setViewportSize(zoomed);
  await expectNoSidewaysScrolling(page, what, zoomed.width);
  await page.setViewportSize(phone);
}

/** Opens a page on a phone, where all of it has to be sound, and where the content policy may refuse nothing. */
export async function expectSound(page: Page, path: string): Promise<void> {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // The title streams in after the page.
  await expect(page).toHaveTitle(/./);
  await expectSoundAsItIs(page, path);
  expect(refused).toEqual([]);
}

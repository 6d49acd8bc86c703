import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

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

const expectNoSidewaysScrolling = async (page: Page, path: string, width: number) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);

/**
 * At 390 pixels, in both schemes: no accessibility fault, nothing that sticks out, nothing the content policy refused;
 * and nothing sticks out of a screen of 1280 pixels at 200 % zoom, which is 640 wide.
 */
export async function expectSoundAt390(page: Page, path: string): Promise<void> {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // The title streams in after the page.
    await expect(page).toHaveTitle(/./);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations, `${path}, ${colorScheme}`).toEqual([]);
    await expectNoSidewaysScrolling(page, path, 390);
  }
  await page.setViewportSize({ width: 640, height: 400 });
  await expectNoSidewaysScrolling(page, path, 640);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(refused).toEqual([]);
}

/** The value beside a term. */
export const fact = (page: Page, term: string) =>
  page
    .getByRole("main")
    .locator("div", { has: page.getByRole("term").filter({ hasText: new RegExp(`^${term}`) }) })
    .last()
    .getByRole("definition");

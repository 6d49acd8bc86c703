import { expect, type Locator, type Page } from "@playwright/test";
import type { Person } from "./sign-in-steps";

/** More stops than any page has before the one that is looked for. */
const STOPS_MAX = 150;

interface Stop {
  isTarget: boolean;
  /** What has the keyboard, for a failure's message. */
  at: string;
  /** Whether that can be seen: an outline, of its own or around it. */
  isOutlined: boolean;
  /** Whether it is on the screen; what is drawn by its label, that. */
  isOnScreen: boolean;
}

/**
 * Goes to a control by the Tab key alone. Every stop on the way has to show that it has the keyboard.
 * @param key "Shift+Tab" goes backwards
 */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toHaveCount(1);
  const passed: string[] = [];
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    await page.keyboard.press(key);
    const stop = await target.evaluate((wanted): Stop => {
      const active = document.activeElement ?? document.body;
      const around = [active, active.parentElement, active.parentElement?.parentElement].filter((each) => !!each);
      const outlines = around.map((each) => getComputedStyle(each));
      const box = (active.closest("label") ?? active).getBoundingClientRect();
      return {
        isTarget: active === wanted,
        at: active.outerHTML.slice(0, 120),
        isOutlined: outlines.some((each) => each.outlineStyle !== "none" && Number.parseFloat(each.outlineWidth) >= 1),
        isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    });
    passed.push(stop.at);
    // The end of the page is no stop: from there it begins anew.
    if (stop.at.startsWith("<body")) continue;
    expect(stop, stop.at).toMatchObject({ isOutlined: true, isOnScreen: true });
    if (stop.isTarget) return;
  }
  throw new Error(`Tab never came to ${target}, but to:\n${passed.join("\n")}`);
}

/** Goes to a control and presses it. */
export async function press(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await tabTo(page, target, key);
  await page.keyboard.press("Enter");
}

/** Goes to a field and types over what it holds. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
  await expect(field).toHaveValue(text);
}

/** The first stop of every page leads past its navigation. */
export async function skipToContent(page: Page): Promise<void> {
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await tabTo(page, skip);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
}

/** What had the keyboard may be gone, but something of the page has it. */
export const expectPlaceKept = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.tagName), "what has the keyboard").not.toBe("BODY");

/** A link of the navigation keeps the keyboard while the page beside it changes. */
export async function goBySection(page: Page, name: string, navigation = "Main"): Promise<void> {
  const link = page.getByRole("navigation", { name: navigation }).getByRole("link", { name, exact: true });
  await press(page, link, "Shift+Tab");
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  await expect(link).toBeFocused();
}

/** Through the sign-in page and the provider's to the dashboard. */
export async function signInByKeyboard(page: Page, { name, email }: Person): Promise<void> {
  await press(page, page.getByRole("button", { name: "Continue with Google" }));
  await expect(page.getByRole("heading", { name: "Sign in with Google" })).toBeVisible();
  await typeInto(page, page.getByLabel("Name"), name);
  await typeInto(page, page.getByLabel("E-mail", { exact: true }), email);
  await press(page, page.getByRole("button", { name: "Continue", exact: true }));
  await page.waitForURL("**/dashboard");
}

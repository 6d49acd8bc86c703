import { writeFileSync } from "node:fs";
import path from "node:path";
import type { CDPSession, Page } from "@playwright/test";

export const schemes = ["light", "dark"] as const;
export const widths = {
  wide: { width: 1280, height: 860 },
  narrow: { width: 390, height: 844 },
} as const;
export type Width = keyof typeof widths;

/** Text stays sharp, and two hundred pictures a few megabytes. */
const QUALITY = 82;
const HEIGHT_MAX = 12_000;

export interface Shooting {
  page: Page;
  folder: string;
  name: string;
  width: Width;
  /** Whole pages instead of what is seen at first. */
  isWhole: boolean;
}

/** The files of one scene. */
export const fileOf = (name: string, scheme: (typeof schemes)[number], width: Width): string =>
  `${name}-${scheme}-${width}.webp`;

/** Takes the page that is open, light and dark, as WebP, which only the browser itself writes. */
export async function shoot({ page, folder, name, width, isWhole }: Shooting): Promise<void> {
  if (isWhole) await page.setViewportSize({ width: widths[width].width, height: await heightOf(page) });
  const session = await page.context().newCDPSession(page);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await settle(page);
    writeFileSync(path.join(folder, fileOf(name, colorScheme, width)), await capture(session));
  }
  if (isWhole) await page.setViewportSize(widths[width]);
}

const heightOf = (page: Page): Promise<number> =>
  page.evaluate((max) => Math.min(document.documentElement.scrollHeight, max), HEIGHT_MAX);

/** Fonts are there, and every chart that is in view is drawn. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() =>
    [...document.querySelectorAll("figure > div.h-56:not(:has(svg))")].every((plot) => {
      const { top, bottom } = plot.getBoundingClientRect();
      return bottom <= 0 || top >= window.innerHeight;
    }),
  );
}

async function capture(session: CDPSession): Promise<Buffer> {
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  return Buffer.from(data, "base64");
}

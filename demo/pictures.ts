import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { homeFolder, sources } from "@/demo/folders";
import { readRunRecord } from "@/demo/run-record";
import { reasonOf, Stop } from "@/demo/stop";
import { findChromium } from "@/demo/testing/chromium";

const folder = path.join(sources, "docs/pictures");
const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 390, height: 844 };
/** Nora's bonus is drawn about two minutes after her first sign-in. */
const DRAWN_MS_MAX = 5 * 60_000;

interface Picture {
  name: string;
  /** Of the demo's people; null for a visitor. */
  person: string | null;
  page: string;
  scheme: "light" | "dark";
  viewport: typeof WIDE;
}

const pictures: readonly Picture[] = [
  { name: "landing-light", person: null, page: "/", scheme: "light", viewport: WIDE },
  { name: "dashboard-light", person: "Nora New", page: "/dashboard", scheme: "light", viewport: WIDE },
  { name: "bonus-light", person: "Nora New", page: "/bonus", scheme: "light", viewport: WIDE },
  { name: "referrals-dark", person: "Rafael Referrer", page: "/referrals", scheme: "dark", viewport: WIDE },
  { name: "templates-dark", person: "Tara Template", page: "/templates", scheme: "dark", viewport: WIDE },
  { name: "dashboard-narrow", person: "Nora New", page: "/dashboard", scheme: "light", viewport: NARROW },
];

/** Takes the pictures of the README from the demo that runs beside it, and writes them over the ones there. */
async function main(): Promise<void> {
  const run = readRunRecord(homeFolder());
  const executablePath = findChromium();
  if (!run) throw new Stop("The pictures are taken of the running demo: npm start, then again.");
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] });
  try {
    await waitForBonus(browser, run.url);
    for (const picture of pictures) {
      await take(browser, run.url, picture);
      console.log(`docs/pictures/${picture.name}.png`);
    }
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, url: string, { name, person, page: where, scheme, viewport }: Picture) {
  const context = await browser.newContext({ baseURL: url, viewport, colorScheme: scheme, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    if (person !== null) await signIn(page, person);
    await page.goto(where);
    await page.evaluate(() => document.fonts.ready);
    // Charts are drawn when they come into view.
    await page
      .getByRole("img")
      .first()
      .waitFor({ state: "attached", timeout: 5_000 })
      .catch(() => {});
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  } finally {
    await context.close();
  }
}

async function signIn(page: Page, person: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await page.getByRole("button", { name: person }).click();
  await page.waitForURL("**/dashboard");
}

/** Signs Nora in, which sets her machines going, and waits until her bonus is there. */
async function waitForBonus(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ baseURL: url });
  try {
    const page = await context.newPage();
    await signIn(page, "Nora New");
    await page.goto("/bonus");
    await page.getByText("Drawn", { exact: true }).first().waitFor({ timeout: DRAWN_MS_MAX });
  } finally {
    await context.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Stop ? error.message : reasonOf(error));
  process.exitCode = 1;
});

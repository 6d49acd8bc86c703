import path from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { homeFolder } from "@/demo/folders";
import { bareEnvironment } from "@/demo/launch/environments";
import { launchChromium } from "@/demo/testing/chromium";
import { startTestDemo } from "@/demo/testing/demo";
import { customerOn, type Platform } from "@/e2e/platform-steps";
import { whole } from "./options";
import { machine, quantile, saveResult } from "./report";

const usage = `npm run bench -- eye [--dashboards 50] [--events 200] [--pause 100]
Milliseconds pass between one number seen and the next event.`;

/** A number that has not changed by then is an error, not a slow one. */
const SEEN_MS_MAX = 30_000;
const HOURS_EACH = 0.01;

interface Dashboard {
  page: Page;
  platform: Platform;
  customer: string;
}

/**
 * From the POST of a usage event to the changed number on its customer's dashboard, in a browser, while all the
 * dashboards are open: each of another customer, all in one browser, on the machine that also serves them.
 */
export async function eye(argv: readonly string[], say: (line: string) => void): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      dashboards: { type: "string", default: "50" },
      events: { type: "string", default: "200" },
      pause: { type: "string", default: "100" },
    },
  });
  const count = whole("dashboards", values.dashboards, { min: 1, max: 500, usage });
  const events = whole("events", values.events, { min: 1, max: 100_000, usage });
  const pauseMs = whole("pause", values.pause, { min: 0, max: 60_000, usage });
  const demo = await startTestDemo(path.join(homeFolder(), "bench", "eye"), { ...bareEnvironment(), NODE_ENV: "test" });
  Object.assign(process.env, demo.environment);
  const { BASE_URL: url = "" } = demo.environment;
  const browser = await launchChromium();
  try {
    say(`Opening ${count} dashboards …`);
    const dashboards: Dashboard[] = [];
    for (let index = 0; index < count; index += 1) dashboards.push(await open(browser, url));
    const tookMs: number[] = [];
    // The first of each dashboard warms what it runs on up.
    for (let index = 0; index < count + events; index += 1) {
      const dashboard = dashboards[index % count];
      if (!dashboard) continue;
      const ms = await seen(dashboard);
      if (index >= count) tookMs.push(ms);
      await dashboard.page.waitForTimeout(pauseMs);
    }
    tookMs.sort((a, b) => a - b);
    const [p50Ms, p95Ms, mostMs] = [0.5, 0.95, 1].map((share) => Math.round(quantile(tookMs, share)));
    say(`${count} dashboards, ${events} events: p50 ${p50Ms} ms, p95 ${p95Ms} ms, at most ${mostMs} ms`);
    const report = {
      at: new Date().toISOString(),
      machine: machine(),
      dashboards: count,
      events,
      p50Ms,
      p95Ms,
      mostMs,
    };
    saveResult("eye", report);
  } finally {
    await browser.close();
    await demo.stop();
  }
}

/** Somebody with $50 and a window of their own. */
async function open(browser: Browser, baseURL: string): Promise<Dashboard> {
  const context = await browser.newContext({ baseURL, reducedMotion: "reduce" });
  const page = await context.newPage();
  const { platform, customer } = await customerOn(page, baseURL, "Iris");
  await platform.deposit(customer, "50");
  await page.getByRole("main").getByText("$50.00").first().waitFor();
  return { page, platform, customer };
}

/** Sends one event. @returns milliseconds from before its POST until the browser showed another balance. */
async function seen({ page, platform, customer }: Dashboard): Promise<number> {
  const changed = page.evaluate(
    (msMax) =>
      new Promise<number>((resolve, reject) => {
        const name = [...document.querySelectorAll("main p")].find((each) => each.textContent === "Available credit");
        const before = name?.parentElement?.textContent;
        const timer = setTimeout(() => reject(new Error("The number did not change")), msMax);
        const observer = new MutationObserver(() => {
          if (name?.parentElement?.textContent === before) return;
          observer.disconnect();
          clearTimeout(timer);
          // Painted with the next frame.
          requestAnimationFrame(() => resolve(Date.now()));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    SEEN_MS_MAX,
  );
  // The observer stands before anything is sent.
  await page.evaluate(() => null);
  const sentAt = Date.now();
  await platform.use(customer, HOURS_EACH);
  return (await changed) - sentAt;
}

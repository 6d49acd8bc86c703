import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "@playwright/test";
import { homeFolder, sources } from "@/demo/folders";
import { bareEnvironment } from "@/demo/launch/environments";
import { MachineApi } from "@/demo/machine-api/client";
import { localKey } from "@/demo/machine-api/local-key";
import { freePort } from "@/demo/processes/ports";
import { Stop } from "@/demo/stop";
import { launchChromium } from "@/demo/testing/chromium";
import { type DemoPlaces, startDemo } from "@/demo/testing/demo";
import { shoot, type Width, widths } from "./camera";
import { contents } from "./contents";
import { type Part, partsOf } from "./scenes";
import { setStage } from "./stage";
import { Visits } from "./visit";

const USUAL_PORT = 3000;

/**
 * `npm run gallery`: starts a demo of its own, brings about every state, and writes docs/gallery anew.
 * `--whole` writes whole pages into the local state instead, for whoever looks them over.
 * `--only NAME` takes one scene, or those whose names begin so.
 */
async function main(words: readonly string[]): Promise<void> {
  const home = path.join(homeFolder(), "gallery");
  const isWhole = words.includes("--whole");
  const only = words.includes("--only") ? words[words.indexOf("--only") + 1] : undefined;
  const folder = isWhole ? path.join(homeFolder(), "whole-pages") : path.join(sources, "docs/gallery");
  // Yesterday's people would have yesterday's states.
  rmSync(home, { recursive: true, force: true });
  const demo = await startDemo(home, await freePort([USUAL_PORT]), bareEnvironment());
  const browser = await launchChromium();
  try {
    const visits = new Visits(browser, demo.places.url);
    const parts = partsOf(await setStage(await apiOf(demo.places), visits, Date.now()));
    if (only === undefined) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const part of parts) await takePart(visits, part, { folder, isWhole, only });
    if (!isWhole) writeFileSync(path.join(folder, "README.md"), contents(parts));
  } finally {
    await browser.close();
    await demo.stop();
  }
}

async function apiOf({ url, home, databaseUrls }: DemoPlaces): Promise<MachineApi> {
  const key = await localKey({ databaseUrl: databaseUrls.web, home, name: "gallery", scopes: ["admin"] });
  return new MachineApi({ url, key });
}

interface Take {
  folder: string;
  isWhole: boolean;
  only: string | undefined;
}

async function takePart(visits: Visits, { who, scenes }: Part, { folder, isWhole, only }: Take): Promise<void> {
  const wanted = scenes.filter(({ name }) => only === undefined || name.startsWith(only));
  if (wanted.length === 0) return;
  const widthNames: readonly Width[] = ["wide", "narrow"];
  for (const width of widthNames) {
    await visits.as(who, { viewport: widths[width] }, async (page) => {
      for (const { name, at, from, shows } of wanted) {
        try {
          await page.goto(typeof at === "string" ? at : await at(page));
          if (shows) await page.getByRole("main").getByText(shows).first().waitFor();
          if (from) await goTo(page.getByRole("heading", { name: from, exact: true }));
          await shoot({ page, folder, name, width, isWhole });
        } catch (error) {
          throw new Error(`The picture ${name} could not be taken.`, { cause: error });
        }
      }
    });
  }
  for (const { name } of wanted) console.log(name);
}

/** Scrolls so that the picture begins there. */
const goTo = (heading: Locator) => heading.evaluate((element) => element.scrollIntoView({ block: "start" }));

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = 1;
});

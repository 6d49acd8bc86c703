import { spawn, spawnSync } from "node:child_process";
import { type Browser, chromium } from "@playwright/test";
import { Stop } from "@/demo/stop";

const installMsMax = 10 * 60_000;

/** A Chromium that runs here: the one of CHROMIUM, the system's, or Playwright's own. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment.CHROMIUM;
  if (named) {
    if (runs(named)) return named;
    throw new Stop(`CHROMIUM is ${named}, which does not run: set it to a Chromium or Chrome that does, or unset it.`);
  }
  return [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    chromium.executablePath(),
  ].find(runs);
}

/** What every Chromium of ours is started with: it runs as root and without a screen, and asks nobody anything. */
export const chromiumArguments: string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @throws Stop where there is none and none can be installed. */
export const launchChromium = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await ensureChromium(), args: chromiumArguments });

/** Finds a Chromium, or installs one by what this machine has. @throws Stop that says what to do. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  for (const command of installations()) {
    await run(command);
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Stop(
    "The browser tests need Chromium, and none could be installed: install Chromium or Chrome, or set CHROMIUM to its path.",
  );
}

function* installations(): Generator<readonly [string, ...string[]]> {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const mayInstall = sudo.length === 0 || spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0;
  if (mayInstall && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0) {
    const apt = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"].join(" ");
    yield ["sh", "-c", `${apt} update -q; ${apt} install -q -y --no-install-recommends chromium`];
  }
  yield [process.execPath, "node_modules/@playwright/test/cli.js", "install", "chromium"];
}

function runs(file: string): boolean {
  return spawnSync(file, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

function run([command, ...words]: readonly [string, ...string[]]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { stdio: "ignore", timeout: installMsMax });
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}

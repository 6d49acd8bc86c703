import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import { sources } from "@/demo/folders";
import { freePort } from "@/demo/processes/ports";
import { waitFor } from "@/demo/processes/wait";
import { Stop } from "@/demo/stop";

const Ready = z.object({
  url: z.url(),
  identity: z.url(),
  payments: z.url(),
  inbox: z.url(),
  home: z.string(),
  databaseUrls: z.object({ web: z.string(), worker: z.string(), reader: z.string() }),
});

/** Where everything of a demo is. */
export type DemoPlaces = z.infer<typeof Ready>;

export interface StartedDemo {
  places: DemoPlaces;
  stop(): Promise<void>;
}

export interface TestDemo {
  /** What browser tests are told. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts the demo on a free port and a database of its own, with nobody in it. @throws Stop when it does not start. */
export async function startTestDemo(home: string, environment: NodeJS.ProcessEnv): Promise<TestDemo> {
  const { places, stop } = await startDemo(home, await freePort(), environment, ["--test"]);
  return {
    environment: {
      BASE_URL: places.url,
      IDENTITY_URL: places.identity,
      PAYMENTS_URL: places.payments,
      INBOX_URL: places.inbox,
      TENSPOT_HOME: places.home,
      DATABASE_URL: places.databaseUrls.web,
    },
    stop,
  };
}

/**
 * Starts what `npm start` starts, for a program that goes on once it is ready; it ends with that program.
 * @throws Stop when it does not start.
 */
export async function startDemo(
  home: string,
  port: number,
  environment: NodeJS.ProcessEnv,
  words: readonly string[] = [],
): Promise<StartedDemo> {
  const launcher = spawn(process.execPath, ["demo/start.mjs", ...words], {
    cwd: sources,
    env: { ...environment, TENSPOT_HOME: home, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const places = await readyLine(launcher);
  if (!places) throw new Stop("The demo did not start: what it printed above says why.");
  return {
    places,
    stop: async () => {
      launcher.kill("SIGTERM");
      await waitFor(() => launcher.exitCode !== null || launcher.signalCode !== null, { deadlineMs: 60_000 });
    },
  };
}

/** Repeats what the launcher says until it says that it is ready. */
async function readyLine(launcher: ChildProcess): Promise<DemoPlaces | undefined> {
  if (!launcher.stdout) return undefined;
  const lines = createInterface({ input: launcher.stdout });
  const found = new Promise<z.infer<typeof Ready>>((resolve) => {
    lines.on("line", (line) => {
      if (line.startsWith("ready ")) resolve(Ready.parse(JSON.parse(line.slice("ready ".length))));
      else console.log(line);
    });
  });
  return Promise.race([found, once(launcher, "exit").then(() => undefined)]);
}

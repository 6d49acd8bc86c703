import { existsSync } from "node:fs";
import path from "node:path";
import { sources } from "@/demo/folders";
import { makeHome } from "@/demo/home";
import { portsFor } from "@/demo/launch/addresses";
import { ensureBuilt } from "@/demo/launch/build";
import { type Database, openDatabase } from "@/demo/launch/database";
import { onEnding } from "@/demo/launch/ending";
import {
  appEnvironment,
  identityEnvironment,
  mailEnvironment,
  paymentsEnvironment,
  type Setting,
} from "@/demo/launch/environments";
import { stoppingNote, takeHome } from "@/demo/launch/exclusive";
import { keysOf } from "@/demo/launch/keys";
import { type Options, readOptions } from "@/demo/launch/options";
import { waitForHealth, waitForPort } from "@/demo/launch/ready";
import { say, step, welcome } from "@/demo/launch/say";
import { Children } from "@/demo/processes/children";
import type { Lock } from "@/demo/processes/lock";
import { stateOfPort } from "@/demo/processes/ports";
import { writeRunRecord } from "@/demo/run-record";
import { Stop } from "@/demo/stop";

/** Everything one run has open, closed in reverse. */
class Run {
  lock: Lock | undefined;
  children: Children | undefined;
  database: Promise<Database> | undefined;
  private closing: Promise<void> | undefined;

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    this.lock?.note(stoppingNote);
    await this.children?.stopAll();
    await this.database?.then(
      (database) => database.stop(),
      () => {},
    );
    this.lock?.release();
  }
}

async function start(run: Run, lost: (reason: Stop) => void): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const { home, port, mode } = options;
  const url = `http://localhost:${port}`;
  makeHome(home);
  run.lock = await takeHome(home, url);
  const children = new Children(home);
  await children.endLeftovers();
  run.children = children;
  await requirePort(port);
  const keys = keysOf(home);
  const ports = await portsFor(home, port);

  say("Starting Tenspot");
  const opening = openDatabase(options, keys, (line) => say(`  ${line}`));
  run.database = opening;
  const [database] = await Promise.all([
    step(
      "database",
      () => opening,
      ({ about }) => about,
    ),
    mode === "dev"
      ? undefined
      : step(
          "build",
          () => ensureBuilt(children),
          (built) => (built ? "made" : "up to date"),
        ),
  ]);

  const setting: Setting = { home, url, ports, keys, databaseUrls: database.urls };
  writeRunRecord(home, { url, ports, databaseUrls: database.urls, embedded: options.databaseUrl === undefined });
  await step(
    "services",
    () => startServices(children, setting, lost),
    () => "identity, payments, mail, worker",
  );
  await step("web", () => startWeb(children, setting, options, lost));
  if (mode !== "test") await startPeople(children, setting);

  const addresses = {
    url,
    identity: `http://127.0.0.1:${ports.identity}`,
    payments: `http://127.0.0.1:${ports.payments}`,
    inbox: `http://127.0.0.1:${ports.inbox}`,
  };
  // A program that started this is told where everything is, a person what to do.
  if (process.connected) say(`ready ${JSON.stringify({ ...addresses, home, databaseUrls: database.urls })}`);
  else welcome(addresses);
}

async function requirePort(port: number): Promise<void> {
  const state = await stateOfPort(port);
  if (state === "taken") {
    throw new Stop(`Port ${port} is taken by another program: stop it, or choose another, such as PORT=${port + 10}.`);
  }
  if (state === "forbidden") throw new Stop(`This user may not open port ${port}: choose one above 1023 with PORT.`);
}

async function startServices(children: Children, setting: Setting, lost: (reason: Stop) => void): Promise<void> {
  const { ports } = setting;
  const server = (name: string) => `demo/${name}/server.ts`;
  children.start({ name: "identity", command: [server("identity")], environment: identityEnvironment(setting) }, lost);
  children.start({ name: "payments", command: [server("payments")], environment: paymentsEnvironment(setting) }, lost);
  children.start({ name: "mail", command: [server("mail")], environment: mailEnvironment(setting) }, lost);
  children.start(
    { name: "worker", command: ["lib/jobs/worker.ts"], environment: appEnvironment(setting, "worker") },
    lost,
  );
  await Promise.all([
    waitForPort("identity", ports.identity),
    waitForPort("payments", ports.payments),
    waitForPort("mail", ports.inbox),
  ]);
}

async function startWeb(
  children: Children,
  setting: Setting,
  { mode, port }: Options,
  lost: (reason: Stop) => void,
): Promise<void> {
  const dev = mode === "dev";
  children.start(
    {
      name: "web",
      // Whoever reaches the demo may sign in as anyone: it answers on this machine only.
      command: ["node_modules/next/dist/bin/next", dev ? "dev" : "start", "-p", String(port), "-H", "127.0.0.1"],
      environment: { ...appEnvironment(setting, "web"), ...(dev ? { NODE_ENV: "development" } : {}) },
      aloud: dev,
    },
    lost,
  );
  await waitForHealth(setting.url);
}

/** The personas with their histories, and the GPUs that make one of the bars move. */
async function startPeople(children: Children, setting: Setting): Promise<void> {
  const seed = "demo/personas/seed.ts";
  const fleet = "demo/fleet/run.ts";
  const environment = appEnvironment(setting, "web");
  if (existsSync(path.join(sources, seed))) {
    await step("personas", () => children.run({ name: "personas", command: [seed], environment }));
  }
  if (existsSync(path.join(sources, fleet))) {
    // The product stands without it.
    children.start({ name: "fleet", command: [fleet], environment }, (reason) => say(reason.message));
  }
}

async function main(): Promise<void> {
  const run = new Run();
  const leave = async (code: number) => {
    await run.close();
    process.exit(code);
  };
  onEnding(() => {
    say("\nStopping");
    void leave(0);
  });
  const fail = (error: unknown) => {
    if (error instanceof Stop) console.error(error.message);
    else console.error("This is a fault of the launcher itself:", error);
    void leave(1);
  };
  await start(run, fail).catch(fail);
}

void main();

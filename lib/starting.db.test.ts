import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { freePort } from "@/demo/processes/ports";

const STARTING_MS_MAX = 120_000;

/** Every process that serves or works, as its npm script starts it. */
const processes = {
  web: (port: number) => ["node_modules/next/dist/bin/next", "start", "-p", String(port), "-H", "127.0.0.1"],
  "web in development": (port: number) => ["node_modules/next/dist/bin/next", "dev", "-p", String(port)],
  worker: () => ["--import", "tsx", "lib/jobs/worker.ts"],
  ingest: () => ["--import", "tsx", "lib/api/serve.ts"],
};

/** Complete, and nothing answers where it points. */
const variables = {
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
  NEXTAUTH_SECRET: "x".repeat(32),
  GOOGLE_CLIENT_ID: "g",
  GOOGLE_CLIENT_SECRET: "g",
  GITHUB_CLIENT_ID: "g",
  GITHUB_CLIENT_SECRET: "g",
  SMTP_URL: "smtp://127.0.0.1:9",
  STRIPE_SECRET_KEY: "sk_test_none",
  STRIPE_WEBHOOK_SECRETS: "whsec_none",
  BEACON_SECRET: "0".repeat(64),
} as const;

interface Ended {
  code: number | null;
  said: string;
}

/** Starts a process and waits until it ends by itself. @throws Error when it lives on. */
function ended(command: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, ...variables, ...environment };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`It started: ${said}`));
    }, STARTING_MS_MAX);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve({ code, said });
    });
  });
}

describe.each(Object.entries(processes))("the %s process", (_, commandOf) => {
  test("does not start with the address of the demo's payment service where people reach it from elsewhere", {
    timeout: STARTING_MS_MAX + 10_000,
  }, async () => {
    const { code, said } = await ended(commandOf(await freePort()), {
      NEXTAUTH_URL: "https://credits.example",
      STRIPE_API_URL: "http://127.0.0.1:4300",
    });
    expect(code).not.toBe(0);
    expect(said).toContain("STRIPE_API_URL may be set only when NEXTAUTH_URL is this machine");
  });
});

test("the web process does not start without a variable it needs, and names it", {
  timeout: STARTING_MS_MAX + 10_000,
}, async () => {
  const { code, said } = await ended(processes.web(await freePort()), {
    NEXTAUTH_URL: "https://credits.example",
    STRIPE_WEBHOOK_SECRETS: "",
  });
  expect(code).not.toBe(0);
  expect(said).toContain("STRIPE_WEBHOOK_SECRETS");
});

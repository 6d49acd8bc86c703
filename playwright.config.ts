import { defineConfig } from "@playwright/test";
import { homeFolder } from "@/demo/folders";
import { readRunRecord } from "@/demo/run-record";
import { chromiumArguments, findChromium } from "@/demo/testing/chromium";

const executablePath = findChromium();

// `npm test` starts a demo and says where; alone, the tests use the one of `npm start`.
const beside = readRunRecord(homeFolder());
process.env.BASE_URL ??= beside?.url ?? "http://localhost:3000";
if (beside && process.env.BASE_URL === beside.url) {
  process.env.DATABASE_URL ??= beside.databaseUrls.web;
  process.env.TENSPOT_HOME ??= homeFolder();
  process.env.INBOX_URL ??= `http://127.0.0.1:${beside.ports.inbox}`;
}

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    baseURL: process.env.BASE_URL,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: chromiumArguments,
    },
  },
});

import { defineConfig } from "vitest/config";

/** Two projects: `unit` needs nothing but Node, `database` needs the Postgres that `npm test` starts. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // A machine may stand still for seconds: waits end early when they can, and late rather than wrongly.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["lib/**/*.test.ts", "components/**/*.test.ts", "demo/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["**/*.db.test.ts"],
          exclude: ["node_modules/**"],
          globalSetup: ["./db/testing/global-setup.ts"],
          fileParallelism: true,
          maxWorkers: 2,
        },
      },
    ],
  },
});

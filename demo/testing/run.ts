import path from "node:path";
import { homeFolder } from "@/demo/folders";
import { makeHome } from "@/demo/home";
import { ensureBuilt } from "@/demo/launch/build";
import { bareEnvironment } from "@/demo/launch/environments";
import { Children } from "@/demo/processes/children";
import { Stop } from "@/demo/stop";
import { ensureChromium } from "./chromium";
import { readPlaywright, readVitest, sentence, sum } from "./counts";
import { startTestDemo } from "./demo";
import { Stages } from "./stages";

/** What `npm test` does once everything is installed. `--full` runs every test at its promised numbers. */
async function test(full: boolean): Promise<void> {
  const home = path.join(homeFolder(), "test");
  makeHome(home);
  const { DATABASE_URL } = process.env;
  const environment: NodeJS.ProcessEnv = {
    ...bareEnvironment(),
    NODE_ENV: "test",
    ...(DATABASE_URL ? { DATABASE_URL } : {}),
    ...(full ? { FULL: "1" } : {}),
  };
  const stages = new Stages(home, environment);
  // Found or installed while the checks run; what it says is heard when the browser is needed.
  const browser = ensureChromium().then(
    (file) => ({ file }),
    (error: unknown) => ({ error }),
  );

  await stages.check("format and lint", () => stages.tool("biome", ["check", "."]));
  await stages.check("types", async () => (await stages.tool("next", ["typegen"])) && stages.tool("tsc", ["--noEmit"]));
  for (const project of ["unit", "database"]) {
    const options = ["run", "--project", project, "--reporter=default", "--reporter=json"];
    await stages.suite(project, (file) => stages.tool("vitest", [...options, `--outputFile.json=${file}`]), readVitest);
  }
  const built = await stages.check("build", async () => {
    await ensureBuilt(new Children(home));
    return true;
  });
  if (built) await stages.suite("browser", (file) => browserTests(file), readPlaywright);

  stages.examples();
  const counts = sum(stages.counts);
  console.log(stages.failed.length > 0 ? `\nFailed: ${stages.failed.join(", ")}` : "");
  console.log(sentence(counts));
  process.exit(counts.failed > 0 ? 1 : 0);

  async function browserTests(report: string): Promise<boolean> {
    const found = await browser;
    if ("error" in found) throw found.error;
    const demo = await startTestDemo(path.join(home, "demo"), environment);
    try {
      return await stages.tool("playwright", ["test", "--reporter=list,json"], {
        ...demo.environment,
        CHROMIUM: found.file,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      });
    } finally {
      await demo.stop();
    }
  }
}

test(process.argv.includes("--full")).catch((error: unknown) => {
  console.error(error instanceof Stop ? error.message : error);
  process.exit(1);
});

import path from "node:path";

// `import.meta` would say it too, but not to Playwright, which reads this as CommonJS.
/** The folder of the sources: where package.json is. */
export const sources = path.resolve(__dirname, "..");

/** Where a local run keeps its state: `TENSPOT_HOME`, or `.tenspot` beside package.json. */
export function homeFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(environment.TENSPOT_HOME || path.join(sources, ".tenspot"));
}

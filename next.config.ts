import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_SERVER } from "next/constants";
import { z } from "zod";
import { readEnv, webVariables } from "./lib/env";

/**
 * A script that begins so is compiled whole while it is loaded, beside the main thread, and not function by function
 * while the page waits: https://v8.dev/blog/explicit-compile-hints
 */
const COMPILE_AT_ONCE = "//# allFunctionsCalledOnLoad\n";

const BuildManifest = z.object({ rootMainFiles: z.array(z.string()) });

/** Marks what every page runs as it starts: React and the router. */
async function compileAtOnce({ distDir }: { distDir: string }): Promise<void> {
  const manifest = await readFile(path.join(distDir, "build-manifest.json"), "utf8");
  for (const file of BuildManifest.parse(JSON.parse(manifest)).rootMainFiles) {
    const script = await readFile(path.join(distDir, file), "utf8");
    if (!script.startsWith(COMPILE_AT_ONCE)) await writeFile(path.join(distDir, file), COMPILE_AT_ONCE + script);
  }
}

const config: NextConfig = {
  reactCompiler: true,
  compiler: { runAfterProductionCompile: compileAtOnce },
  poweredByHeader: false,
  images: { unoptimized: true },
  // Titles and tags stand in the head for everybody: programs that make previews of links look nowhere else.
  htmlLimitedBots: /.*/,
  headers: async () => [
    { source: "/_next/static/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
  ],
  serverExternalPackages: ["postgres", "graphile-worker", "nodemailer", "pdfkit"],
};

const serving: ReadonlySet<string> = new Set([PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_SERVER]);

/** A server that lacks a variable, or has one of a stand-in at a public address, does not start; a build needs none. */
export default function configOf(phase: string): NextConfig {
  if (serving.has(phase)) readEnv(webVariables);
  return config;
}

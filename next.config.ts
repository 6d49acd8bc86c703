import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_SERVER } from "next/constants";
import { readEnv, webVariables } from "./lib/env";

const config: NextConfig = {
  reactCompiler: true,
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
